// What Mermaid makes of a block: asked of Mermaid's own parsers, told as plain data.
"use strict";
(() => {
  const api = mermaid.mermaidAPI;
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", suppressErrorRendering: true, logLevel: "fatal" });

  // Parsers made by Jison say little of where they stopped; their scanners, made anew for each text, know.
  let scanner = null;
  const create = Object.create;
  Object.create = (prototype, ...rest) => {
    const made = create(prototype, ...rest);
    if (prototype && typeof prototype.showPosition === "function") scanner = made;
    return made;
  };

  // A flowchart's parser copies the whole configuration for every node, and most of it is colours, which no parser
  // needs: without them it takes half the time. This is what `globalReset` goes back to, and `reset` does not.
  for (const name of Object.keys(api.defaultConfig.themeVariables)) delete api.defaultConfig.themeVariables[name];
  const LEAN = new Set(["flowchart-v2", "flowchart"]);

  // ---- From a place in what a parser was given back to the place in the block -------------------------------------

  // A text on its way from the block to a parser. `places` tells for each character where in the block it stood.
  class Passage {
    constructor(text) {
      this.text = text;
      this.places = Array.from({ length: text.length + 1 }, (_, at) => at);
    }

    // As String.replace. `make` gives pieces: each a text and where in the match it stands.
    replace(pattern, make) {
      const pieces = [];
      const places = [];
      let done = 0;
      const keep = (end) => {
        pieces.push(this.text.slice(done, end));
        for (let at = done; at < end; at++) places.push(this.places[at]);
      };
      for (const match of this.text.matchAll(pattern)) {
        keep(match.index);
        for (const [piece, from] of make(match[0])) {
          pieces.push(piece);
          for (let at = 0; at < piece.length; at++) {
            places.push(this.places[match.index + Math.min(from + at, match[0].length - 1)]);
          }
        }
        done = match.index + match[0].length;
      }
      keep(this.text.length);
      places.push(this.places[this.text.length]);
      this.text = pieces.join("");
      this.places = places;
    }
  }

  const nothing = () => [];
  const withoutLast = (found) => [[found.slice(0, -1), 0]];
  const FRONT_MATTER = /^([^\S\n\r]*)-{3}\s*[\n\r](.*?)[\n\r]\1-{3}\s*[\n\r]+/s;

  // The steps by which Mermaid 11 makes a parser's input (preprocessDiagram, encodeEntities, the flowchart's parse).
  // Where they come to another input than the parser had, the lines of both are compared instead.
  function passage(block) {
    const way = new Passage(block);
    way.replace(/<(\w+)([^>]*)>/g, (found) => [[found.replace(/="([^"]*)"/g, "='$1'"), 0]]);
    way.replace(new RegExp(FRONT_MATTER.source, "gs"), nothing);
    way.replace(/%{2}{\s*(?:(\w+)\s*:|(\w+))\s*(?:(\w+)|((?:(?!}%{2}).|\r?\n)*))?\s*(?:}%{2})?/gi, nothing);
    way.replace(/^\s*%%(?!{)[^\n]+\n?/gm, nothing);
    way.replace(/^\s+/g, nothing);
    way.replace(/style.*:\S*#.*;/g, withoutLast);
    way.replace(/classDef.*:\S*#.*;/g, withoutLast);
    way.replace(/#\w+;/g, (found) => {
      const name = found.slice(1, -1);
      return [[/^\+?\d+$/.test(name) ? "ﬂ°°" : "ﬂ°", 0], [name, 1], ["¶ß", found.length - 1]];
    });
    return way;
  }

  function placeIn(block, input, at) {
    const way = passage(block);
    way.text += "\n";
    if (way.text !== input) way.replace(/}\s*\n/g, (found) => [["}", 0], ["\n", found.length - 1]]);
    if (way.text === input || way.text === input + "\n") return way.places[Math.min(at, way.places.length - 1)];
    return placeByLines(block, input, at);
  }

  function placeByLines(block, input, at) {
    const lines = block.split("\n");
    const before = input.slice(0, at).split("\n");
    const all = input.split("\n");
    let row = -1;
    for (let line = 0; line < before.length; line++) {
      const words = all[line].trim();
      if (!words) continue;
      let next = row + 1;
      while (next < lines.length && lines[next].trim() !== words) next++;
      if (next < lines.length) row = next;
    }
    if (row < 0) return 0;
    const start = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
    const indent = Math.max(lines[row].indexOf(all[before.length - 1].trim()), 0);
    const column = before[before.length - 1].length - (all[before.length - 1].length - all[before.length - 1].trimStart().length);
    return start + indent + Math.max(column, 0);
  }

  // Line and column as people count them: from 1, in characters, not in halves of them.
  function position(block, at) {
    const end = Math.min(at, block.trimEnd().length);
    const start = block.lastIndexOf("\n", end - 1) + 1;
    const line = block.slice(0, start).split("\n").length;
    return [line, Array.from(block.slice(start, end)).length + 1];
  }

  // ---- Complaints ---------------------------------------------------------------------------------------------------

  const unquoted = (names) => names.map((name) => String(name).replace(/^'(.*)'$/s, "$1"));

  function complaint(block, error) {
    const said = { message: String((error && error.message) || error).slice(0, 4000), line: 0, column: 0, token: "", expected: [] };
    const at = placeOf(block, error, said);
    if (at !== null) [said.line, said.column] = position(block, at);
    if (said.isLineOnly) said.column = 0;
    said.length = Array.from(said.token.split("\n")[0]).length;
    return said;
  }

  function placeOf(block, error, said) {
    if (error && error.result && Array.isArray(error.result.parserErrors)) return placeOfLangium(block, error.result, said);
    if (error && error.name === "YAMLException" && error.mark && !scanner) return placeOfYaml(block, error.mark);
    if (error && error.name === "UnknownDiagramError") return placeOfUnknown(block, said);
    if (error && error.isDrawn) return placeOfDrawn(block, said);
    if (!scanner) return null;
    const input = scanner.matched + scanner._input;
    const hash = error && error.hash;
    if (hash && typeof hash.line === "number") {
      if (Array.isArray(hash.expected)) {
        const start = scanner.matched.length - scanner.match.length;
        said.token = hash.text || "";
        said.expected = unquoted(hash.expected);
        return placeIn(block, input, said.token === "\n" || start < input.trimEnd().length ? start : input.trimEnd().length);
      }
      said.token = Array.from(scanner._input)[0] || "";
      return placeIn(block, input, scanner.matched.length);
    }
    said.isLineOnly = true;  // a statement was read and then refused: it is the one that was read last
    const read = scanner.matched.slice(0, scanner.matched.length - scanner.match.length).trimEnd();
    return placeIn(block, input, Math.max(read.length - 1, 0));
  }

  function placeOfLangium(block, result, said) {
    const input = passage(block).text + "\n";
    const errors = result.lexerErrors.map((one) => ({ at: one.offset, token: input.substr(one.offset, one.length), message: one.message, expected: [] }));
    for (const one of result.parserErrors) {
      const isEnd = !Number.isFinite(one.token.startOffset);
      const previous = one.previousToken && Number.isFinite(one.previousToken.endOffset) ? one.previousToken.endOffset + 1 : input.trimEnd().length;
      const expected = Array.from(String(one.message).matchAll(/\[([^\]\n]+)\]/g), (match) => match[1]);
      const single = /token of type '([^']+)'|--> (\S+) <-- but/.exec(String(one.message));
      errors.push({
        at: isEnd ? previous : one.token.startOffset,
        token: isEnd ? "" : one.token.image,
        message: one.message,
        expected: single ? [single[1] || single[2]] : expected,
      });
    }
    if (!errors.length) return null;
    const first = errors.reduce((best, one) => (one.at < best.at ? one : best));
    said.token = first.token;
    said.message = String(first.message).slice(0, 4000);
    said.expected = first.expected;
    return placeIn(block, input, first.at);
  }

  function placeOfYaml(block, mark) {
    const matter = FRONT_MATTER.exec(block);
    if (!matter) return null;
    const start = block.indexOf(matter[2], matter[0].indexOf("---") + 3);
    return start + Math.min(mark.position, matter[2].length);
  }

  // What is wrong only when it is drawn: the text that the message ends with, where the block holds it.
  function placeOfDrawn(block, said) {
    const words = said.message.slice(said.message.indexOf(":") + 1).trim();
    const at = said.message.includes(":") && words ? placeOfWords(block, words) : -1;
    if (at < 0) return null;
    said.token = words;
    return at;
  }

  function placeOfUnknown(block, said) {
    const way = passage(block);
    said.token = (/^\S+/.exec(way.text) || [""])[0].slice(0, 200);
    said.message = said.message.split(" for text:")[0];
    return way.text ? way.places[0] : null;
  }

  // ---- Diagrams -----------------------------------------------------------------------------------------------------

  const list = (values) => Array.from(values || [], String);
  const declarations = (values) => list(values).map((one) => one.trim()).filter(Boolean);
  const SHAPED = new Set(["square", "round", "circle", "ellipse", "stadium", "subroutine", "cylinder", "doublecircle",
    "diamond", "hexagon", "odd", "trapezoid", "inv_trapezoid", "lean_right", "lean_left", "rect"]);

  function graph(db) {
    const groups = db.getSubGraphs();
    const within = new Map();
    for (const group of groups) for (const id of group.nodes) if (!within.has(id)) within.set(id, group.id);
    const names = new Set(groups.map((group) => group.id));
    const nodes = Array.from(db.getVertices().values()).filter((one) => !names.has(one.id) || one.type);
    return {
      direction: db.getDirection() || "TB",
      nodes: nodes.map((one) => ({
        id: one.id,
        text: String(one.text === undefined ? one.id : one.text),
        isLabelled: (one.text !== undefined && one.text !== one.id) || SHAPED.has(one.type),
        shape: one.type || "",
        group: within.get(one.id) || "",
        classes: list(one.classes),
        styles: declarations(one.styles),
      })),
      edges: Array.from(db.getEdges(), (one) => ({
        source: one.start, target: one.end, text: String(one.text || ""), stroke: one.stroke || "", ends: one.type || "",
        styles: declarations(one.style),
      })),
      groups: groups.map((one) => ({
        id: one.id, title: String(one.title || ""), direction: one.dir || "", members: list(one.nodes),
        classes: list(one.classes), styles: declarations((db.getVertices().get(one.id) || {}).styles),
      })),
      classes: Array.from(db.getClasses().values(), (one) => ({
        name: one.id, styles: declarations(one.styles), textStyles: declarations(one.textStyles),
      })),
    };
  }

  // Where the texts are that a reader sees, by type: what to ask the diagram for, and the names under which texts lie.
  const TEXTS = {
    "flowchart-v2": [["getVertices", "text"], ["getEdges", "text"], ["getSubGraphs", "title"]],
    sequence: [["getBoxes", "name"], ["getActors", "description"], ["getMessages", "message"]],
    class: [["getClasses", "label annotations text"], ["getRelations", "title"], ["getNotes", "text"], ["getNamespaces", "label"]],
    stateDiagram: [["getRootDocV2", "description descriptions text id"]],
    er: [["getEntities", "label alias name comment"], ["getRelationships", "roleA"]],
    gantt: [["getSections", "*"], ["getTasks", "task"]],
    pie: [["getSections", "<"]],
    journey: [["getSections", "*"], ["getTasks", "task people"]],
    gitGraph: [["getBranchesAsObjArray", "name"], ["getCommitsArray", "id message tags"]],
    mindmap: [["getMindmap", "descr"]],
    timeline: [["getSections", "*"], ["getTasks", "task events"]],
    quadrantChart: [["getQuadrantData", "text"]],
    xychart: [["getXYChartData", "title categories"]],
    sankey: [["getNodes", "ID"]],
    block: [["getBlocksFlat", "label"], ["getEdges", "label"]],
    packet: [["getPacket", "label"]],
    architecture: [["getGroups", "title"], ["getServices", "title iconText"], ["getEdges", "title"]],
    kanban: [["getData", "label ticket assigned"]],
    requirement: [["getRequirements", "name requirementId text"], ["getElements", "name type docRef"], ["getRelationships", "type"]],
    c4: [["getBoundaries", "text"], ["getC4ShapeArray", "text"], ["getRels", "text"]],
    radar: [["getAxes", "label"], ["getCurves", "label"]],
    treemap: [["getRoot", "name"]],
    treeView: [["getRoot", "name"]],
    venn: [["getSubsetData", "label"], ["getTextData", "label text"]],
    ishikawa: [["getRoot", "text"]],
    wardley: [["getWardleyData", "label text title name"]],
    cynefin: [["getDomains", "label text name items"], ["getTransitions", "label text"]],
    eventmodeling: [["getState", "label text"]],
  };
  TEXTS["flowchart-elk"] = TEXTS.flowchart = TEXTS.swimlane = TEXTS["flowchart-v2"];
  TEXTS.classDiagram = TEXTS.class;
  TEXTS.state = TEXTS.stateDiagram;
  for (const name of ["railroad", "railroadEbnf", "railroadAbnf", "railroadPeg"]) TEXTS[name] = [["getRules", "name value text"]];

  // Types that hold texts of their own beside those of the block.
  const WITH_OWN = new Set(["stateDiagram", "state", "c4", "treeView", "requirement", "gitGraph", "block"]);
  const MOST = 20000;

  const BESIDE = new Set(["parent", "domId", "frame", "leftSibling", "previousFrame"]);

  // Every text that lies under one of `names`, however deep; all texts with `*`, with `<` the keys of a map.
  function gather(value, names, found, isNamed, seen) {
    if (found.length >= MOST) return;
    if (typeof value === "string") {
      if (isNamed || names.has("*")) found.push(value);
    } else if (value && typeof value === "object" && !seen.has(value)) {
      seen.add(value);
      if (value instanceof Map) {
        for (const [key, one] of value) gather(names.has("<") ? key : one, names, found, names.has("<"), seen);
      } else if (Array.isArray(value) || value instanceof Set) {
        for (const one of value) gather(one, names, found, isNamed, seen);
      } else {
        for (const [key, one] of Object.entries(value)) {
          if (!BESIDE.has(key)) gather(one, names, found, names.has(key), seen);
        }
      }
    }
  }

  const BACKGROUND = 22;  // Mermaid's number for a message of a sequence that holds no words but a colour

  function labels(kind, db, text) {
    const found = [];
    for (const [getter, names] of TEXTS[kind] || []) {
      if (typeof db[getter] !== "function") continue;
      const value = getter === "getMessages" ? db[getter]().filter((one) => one.type !== BACKGROUND) : db[getter]();
      gather(value, new Set(names.split(" ")), found, false, new Set());
    }
    const places = new Map();
    let last = 0;
    for (const one of found) {
      const words = one.trim().replace(/^\\(?=[-+#~])/, "");
      if (!words || places.has(words)) continue;
      const at = placeOfWords(text, words);
      if (at < 0 && WITH_OWN.has(kind)) continue;
      if (at >= 0) last = at;
      places.set(words, last);
    }
    return Array.from(places).sort((one, other) => one[1] - other[1]).map(([words]) => words);
  }

  // Where a text stands by itself, and not within another word, if it does so anywhere.
  function placeOfWords(text, words) {
    const first = text.indexOf(words);
    const isInWord = (at) => /\w/.test(text[at] || "") && /\w/.test(words);
    for (let at = first; at >= 0; at = text.indexOf(words, at + 1)) {
      if (!isInWord(at - 1) && !isInWord(at + words.length)) return at;
      if (at - first > 5000) break;
    }
    return first;
  }

  const told = (db, ...getters) => {
    for (const getter of getters) {
      const value = typeof db[getter] === "function" ? db[getter]() : "";
      if (typeof value === "string" && value) return value.replace(/^"(.*)"$/s, "$1");
    }
    return "";
  };

  // A title in the front matter is shown by no parser; Mermaid's own reader of it tells no one either.
  function frontMatterTitle(block) {
    const matter = FRONT_MATTER.exec(block);
    const line = matter && /^title[ \t]*:[ \t]*(\S.*?)[ \t]*$/m.exec(matter[2]);
    return line ? line[1].replace(/^(["'])(.*)\1$/, "$2") : "";
  }

  // The diagram, by the way that Mermaid takes when it draws: settings of the block first, then its type's parser.
  async function diagramOf(block, kind) {
    if (FRONT_MATTER.test(block) || block.includes("%%{")) await api.parse(block);
    else if (LEAN.has(kind)) api.globalReset();
    else api.reset();
    scanner = null;
    return api.getDiagramFromText(block);
  }

  // Types that Mermaid finds fault with only when it draws: dates are not looked at before, nor whether two circles of
  // a Sankey meet, nor whether an end of a relation is there; and some numbers make the drawing run away. Whatever is
  // drawn is thrown away, so any measures will do.
  const DRAWN = new Set(["gantt", "sankey", "c4", "requirement", "xychart", "stateDiagram", "state", "radar", "packet", "block"]);
  globalThis.__measureTextFull = (text, size) => ({ width: String(text).length * size, ascent: 12, descent: 4, xHeight: 8 });
  globalThis.__measureText = (text, size) => String(text).length * size;
  globalThis.__measureGlyphs = () => [];
  globalThis.__measureForeignObject = () => ({ width: 100, height: 20, line_count: 1, line_height: 20 });

  // A flowchart's layout fails on a group within itself, and on names that every object has.
  function isOddFlowchart(db) {
    const parents = new Map();
    for (const group of db.getSubGraphs()) for (const id of group.nodes) parents.set(id, group.id);
    for (const start of parents.keys()) {
      const seen = new Set();
      for (let id = start; id !== undefined; id = parents.get(id)) {
        if (seen.has(id)) return true;
        seen.add(id);
      }
    }
    const isOdd = (id) => id === "__proto__" || id in Object.prototype;
    return Array.from(db.getVertices().keys()).some(isOdd) || db.getSubGraphs().some((group) => isOdd(group.id));
  }

  async function draw(kind, db, block) {
    if (!DRAWN.has(kind) && !(isFlowchart(db) && isOddFlowchart(db))) return;
    try {
      __resetDocument();
      await api.render("drawn", block);
    } catch (error) {
      throw error && typeof error === "object" ? Object.assign(error, { isDrawn: true }) : error;
    }
  }

  const isFlowchart = (db) => typeof db.getVertices === "function" && typeof db.getSubGraphs === "function";

  globalThis.__readDiagram = async (block) => {
    let kind = "";
    scanner = null;
    try {
      api.globalReset();
      try {
        kind = mermaid.detectType(block, api.getConfig());
      } catch (error) {
        kind = "";
      }
      const diagram = await diagramOf(block, kind);
      kind = diagram.type;
      const db = diagram.db;
      await draw(kind, db, block);
      const common = typeof db.getCommonDb === "function" ? db.getCommonDb() : db;
      const said = {
        kind,
        title: told(db, "getAccTitle") || told(common, "getAccTitle"),
        description: told(db, "getAccDescription") || told(common, "getAccDescription"),
        caption: told(db, "getDiagramTitle", "getTitle") || told(common, "getDiagramTitle") || frontMatterTitle(block),
        labels: labels(kind, db, diagram.text),
        graph: isFlowchart(db) ? graph(db) : null,
      };
      return JSON.stringify(said);
    } catch (error) {
      return JSON.stringify({ kind, complaint: complaint(block, error) });
    } finally {
      scanner = null;
    }
  };
})();
