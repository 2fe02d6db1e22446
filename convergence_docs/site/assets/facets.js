/* The search dialog beyond Material's: filters as buttons, a line between what holds the words and what is only near, and
 * what to try where nothing is found. The filters stand in the query itself, so that a keyboard does as well. */
(() => {
  const form = document.forms.namedItem("search"), input = form && form.querySelector(".md-search__input")
  const output = document.querySelector(".md-search__output"), result = output && output.querySelector(".md-search-result")
  if (!input || !result) return
  const meta = result.firstElementChild, list = result.lastElementChild
  const chinese = document.documentElement.lang.startsWith("zh")
  const say = (zh, en) => (chinese ? zh : en)
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location.href)
  const toggle = document.getElementById("__search")
  const KINDS = { text: ["文", "正文", "Text"], table: ["表", "表格", "Tables"], diagram: ["图", "图", "Diagrams"],
    formula: ["式", "公式", "Formulas"], code: ["码", "代码", "Code"] }
  let answer = null, groups = [], panel = null
  let question = null, isAnswered = false, isWanted = false // whether the first hit is to be opened as soon as it is there

  /* Tokens of a query */
  const tokens = () => input.value.match(/[^\s:"“”]+:"[^"]*"|\S+/g) || []
  const quoted = word => (/\s/.test(word) ? `"${word}"` : word)

  function ask(words) {
    input.value = words.join(" ")
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })) // what Material listens to
    press()
  }

  function flip(token) {
    const now = tokens()
    ask(now.includes(token) ? now.filter(one => one !== token) : [token, ...now])
  }

  /* Buttons */
  function chip(token, name, label) {
    const button = make("button", "cd-chip", name)
    button.type = "button"
    button.dataset.token = token
    if (label) button.setAttribute("aria-label", label)
    button.setAttribute("aria-pressed", "false")
    return button
  }

  function row(name, chips) {
    const box = make("div", "cd-facets__row")
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", name)
    box.append(make("span", "cd-facets__name", name), ...chips)
    return chips.length ? box : null
  }

  function make(tag, name, text) {
    const element = document.createElement(tag)
    element.className = name
    if (text) element.textContent = text
    return element
  }

  function valuesOf({ name, kind, size, steps, low, high }) {
    const has = amount => low === undefined || high === undefined || (amount > low && amount <= high)
    if (kind === "percentage") return [90, 60, 30].filter(has).map(amount => chip(`${quoted(name)}≥${amount}%`, `≥${amount}%`, `${name} ≥${amount}%`))
    if (kind === "rating") {
      const most = size || 5
      const rating = stars => "★".repeat(stars) + "☆".repeat(most - stars)
      return [most, most - 1, most - 2].filter(stars => stars > 0 && (high === undefined || stars <= high)).map(
        stars => chip(`${quoted(name)}:${rating(stars)}`, rating(stars), `${name} ${stars}/${most}`))
    }
    return kind === "ordinal" && steps ? steps.slice(0, 6).map(step => chip(`${quoted(name)}:${quoted(step)}`, step, `${name} ${step}`)) : []
  }

  function build({ layers = [], levels = [], dimensions = [], kinds = [] }) {
    const first = row(say("类型", "Kind"), kinds.filter(kind => KINDS[kind]).map(
      kind => chip(say(`类:${KINDS[kind][0]}`, `kind:${kind}`), KINDS[kind][chinese ? 1 : 2])))
    const isLevel = ({ steps }) => levels.length > 0 && (steps || []).some(step => levels.some(({ id, name }) => step === id || step === name))
    const rest = [
      row(say("层", "Layer"), layers.map(({ name }) => chip(say("层:", "layer:") + quoted(name), name))),
      row(say("层级", "Level"), levels.map(({ id, name }) => chip(say("级:", "level:") + quoted(id), id, `${id} ${name}`))),
      ...dimensions.filter(one => !isLevel(one)).map(one => row(one.name, valuesOf(one))),
    ].filter(Boolean)
    if (!first && !rest.length) return
    const box = make("div", "cd-facets")
    box.setAttribute("role", "group")
    box.setAttribute("aria-label", say("筛选", "Filters"))
    if (first) box.append(first)
    if (rest.length) {
      panel = make("div", "cd-facets__more")
      panel.id = "cd-facets-more"
      panel.hidden = Boolean(first)
      panel.append(...rest)
      if (first) first.append(opener())
      box.append(panel)
    }
    output.prepend(box)
    press()
  }

  function opener() {
    const button = make("button", "cd-facets__opener", say("更多筛选", "More filters"))
    button.type = "button"
    button.setAttribute("aria-expanded", "false")
    button.setAttribute("aria-controls", panel.id)
    return button
  }

  /* Show which filters are on, and how many sections each of the kinds has. */
  function press() {
    const now = tokens()
    const kinds = answer && answer.counts && answer.counts.kind
    for (const button of output.querySelectorAll(".cd-chip")) {
      const { token } = button.dataset
      button.setAttribute("aria-pressed", String(now.includes(token)))
      const kind = Object.keys(KINDS).find(one => token === `类:${KINDS[one][0]}` || token === `kind:${one}`)
      if (!kind) continue
      const count = kinds && input.value ? kinds[kind] || 0 : null
      button.dataset.count = count === null || now.some(one => /^(类|kind):/.test(one)) ? "" : count
    }
  }

  output.addEventListener("click", ({ target }) => {
    const button = target.closest("button")
    if (!button) return
    if (button.matches(".cd-chip")) flip(button.dataset.token)
    else if (button.matches(".cd-facets__opener")) {
      panel.hidden = !panel.hidden
      button.setAttribute("aria-expanded", String(!panel.hidden))
    } else if (button.matches(".cd-search-none__clear")) {
      const filters = new Set([...output.querySelectorAll(".cd-chip")].map(one => one.dataset.token))
      ask(tokens().filter(one => !filters.has(one) && !/[:：]|[≥≤<>]/.test(one)))
      input.focus()
    }
  })
  form.addEventListener("reset", () => setTimeout(press))

  /* Material opens and closes the dialog a moment after what it was for, so that a quick hand may type into a closed one. */
  addEventListener("keydown", event => {
    if (event.target === input && !toggle.checked && !["Escape", "Tab"].includes(event.key)) toggle.click()
  }, true)

  /* Whoever types and presses the key at once means what was typed, not what the list still shows. */
  addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.target !== input || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    isWanted = !isAnswered
    if (isAnswered) openFirst()
  }, true)

  function openFirst() {
    isWanted = false
    const score = link => parseFloat(link.firstElementChild.dataset.mdScore)
    const links = [...list.querySelectorAll(".md-search-result__item:first-child .md-search-result__link")]
    if (links.length) links.reduce((best, link) => (score(link) > score(best) ? link : best)).click()
  }

  /* Material hears keys alone; what is pasted, spoken or picked from a list comes without one. */
  function hear() {
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
    press()
  }
  input.addEventListener("input", event => {
    isWanted = false
    if (!event.isComposing) hear()
  })
  input.addEventListener("compositionend", hear)

  /* Material closes its search at Tab, and takes the space bar for the query. In the dialog Tab goes on to the filters. */
  addEventListener("keydown", event => {
    const inside = event.target instanceof Element && event.target.closest(".md-search")
    if (!inside || !toggle.checked || event.isComposing) return
    if (event.target.closest("button") && [" ", "Enter", "Shift"].includes(event.key)) event.stopPropagation()
    if (event.key === "Shift") event.stopPropagation()
    if (event.key !== "Tab") return
    const stops = [input, ...output.querySelectorAll("button")].filter(one => one.offsetParent !== null)
    const next = stops.indexOf(event.target) + (event.shiftKey ? -1 : 1)
    if (!stops.includes(event.target) || !stops[next]) return
    event.stopPropagation()
    event.preventDefault()
    stops[next].focus()
  }, true)

  /* What the worker says, and where Material has shown it */
  document.addEventListener("convergence:search", ({ detail }) => {
    if (detail.type === 2) [question, isAnswered] = [detail.data, false]
    if (detail.type !== 3) return
    answer = detail.data
    isAnswered = answer.asked === question
    groups = answer.items.map(group => (group[0] && group[0].tier) || "exact")
    press()
    setTimeout(settle)
    setTimeout(() => { if (isWanted && isAnswered && answer.done !== false) openFirst() })
  })
  new MutationObserver(() => {
    keepFocus()
    settle()
  }).observe(list, { childList: true })
  new MutationObserver(settle).observe(meta, { childList: true })
  meta.setAttribute("role", "status")

  /* A fuller answer writes the list anew: who walks along it with the arrow keys stays at the same hit. */
  let held = null
  addEventListener("focusin", ({ target }) => { held = list.contains(target) ? target.href : null })

  function keepFocus() {
    if (!held || !toggle.checked || document.activeElement !== document.body) return
    const same = [...list.querySelectorAll("a")].find(link => link.href === held)
    const place = same || input
    place.focus()
  }

  function settle() {
    if (!answer) return
    const shown = [...list.children].filter(item => item.matches(".md-search-result__item"))
    shown.forEach((item, at) => (item.dataset.cdTier = groups[at] || "exact"))
    const lines = { words: say("各词都有，但不连在一起", "All words, but not next to each other"),
      near: say("没有原词，只是相近", "Not these words, only near them") }
    for (const [tier, text] of Object.entries(lines)) {
      const at = groups.indexOf(tier), known = list.querySelector(`.cd-search-line[data-tier=${tier}]`)
      if (!(at > 0 && shown[at])) known?.remove() // where it would be the first, the line above the list says it
      else if (!known || known.nextElementSibling !== shown[at]) {
        const line = known || make("li", "cd-search-line", text)
        line.dataset.tier = tier
        shown[at].before(line)
      }
    }
    settleMeta()
  }

  function settleMeta() {
    const value = input.value.trim(), near = groups.filter(tier => tier === "near").length, sure = groups.length - near
    if (value && groups.length) {
      const found = say(`${sure} 个页面含有所查内容`, `${sure} page${sure === 1 ? "" : "s"} with what you look for`)
      const close = near ? say(`，${near} 个相近`, `, ${near} near`) : ""
      write(sure || !near ? found + close : say(`没有原样出现；${near} 个页面相近`, `Nothing as it stands; ${near} page${near === 1 ? "" : "s"} near`))
    }
    const isNothing = Boolean(value) && !groups.length && answer.done !== false
    const tips = result.querySelector(".cd-search-none")
    if (isNothing && !tips) meta.after(nothing())
    else if (!isNothing) tips?.remove()
  }

  function write(text) {
    if (meta.textContent !== text) meta.textContent = text
  }

  function nothing() {
    const box = make("div", "cd-search-none")
    const tips = make("ul", "")
    for (const tip of answer.failed
      ? [say("索引没有读到，请检查网络后重试。", "The index could not be read; check the network and try again.")]
      : [say("少写几个字，只留最要紧的词。", "Use fewer words."),
        say("几个词用空格隔开，不必连着出现。", "Part words by spaces; they need not stand together."),
        say("换一个说法，或写英文名。", "Try another name for it.")]) tips.append(make("li", "", tip))
    box.append(make("p", "", say("可以试试：", "What to try:")), tips)
    if (/[:：≥≤<>]/.test(input.value)) {
      const clear = make("button", "cd-search-none__clear", say("去掉筛选", "Drop the filters"))
      clear.type = "button"
      box.append(clear)
    }
    return box
  }

  /* The filters of this site, once somebody searches */
  let isAsked = false
  async function load() {
    if (isAsked) return
    isAsked = true
    try {
      const config = location.protocol === "file:" ? await listed() : (await (await fetch(new URL("search/search_index.json", base))).json()).config
      const { facets } = config.convergence || {}
      if (facets) build(facets)
    } catch { isAsked = false }
  }

  /* From a disk Material runs the index as a script. */
  async function listed() {
    for (let tries = 0; tries < 100 && !window.__index; tries++) await new Promise(resolve => setTimeout(resolve, 50))
    return (await window.__index).config
  }

  input.addEventListener("focus", load)
  if (document.activeElement === input) load()
})()
