-- A book as a database: what `convergence-docs model --format sqlite` writes. PRAGMA user_version is the version of
-- this format. Lines and columns count from 1, columns in characters; ends are exclusive. Percentages are 0 to 100.

CREATE TABLE chapters (
  id INTEGER PRIMARY KEY,          -- in the order of the paths
  path TEXT NOT NULL UNIQUE,       -- relative to the docs folder
  title TEXT NOT NULL,
  number TEXT,                     -- such as 03.2.2
  front_matter TEXT                -- a JSON object; NULL where there is none
);

CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapters (id),
  parent_id INTEGER REFERENCES sections (id),
  level INTEGER NOT NULL,          -- 1 to 6
  text TEXT NOT NULL,              -- the heading's words
  number TEXT,                     -- as written: 一、, 2.1, （一）
  anchor TEXT,                     -- on the site
  github_anchor TEXT,
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapters (id),
  section_id INTEGER REFERENCES sections (id),         -- NULL before the first heading
  kind TEXT NOT NULL,              -- inline, reference, autolink, image, reference-image, html-link, html-image
  text TEXT NOT NULL,
  destination TEXT NOT NULL,
  title TEXT,
  target_kind TEXT,                -- chapter, same-page, file, external, nothing, ...
  target_path TEXT,
  target_fragment TEXT,
  target_chapter_id INTEGER REFERENCES chapters (id),  -- NULL where it leads to no chapter
  fault TEXT,                      -- missing, missing-anchor, ...; NULL where nothing is wrong
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE TABLE tables (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapters (id),
  section_id INTEGER REFERENCES sections (id),
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE TABLE cells (
  table_id INTEGER NOT NULL REFERENCES tables (id),
  row INTEGER NOT NULL,            -- 0 is the header
  position INTEGER NOT NULL,       -- in the row, from 0
  text TEXT NOT NULL,
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL,
  PRIMARY KEY (table_id, row, position)
);

CREATE TABLE terms (
  id TEXT PRIMARY KEY,             -- with its kind: layer:architectural, dimension:adoption
  kind TEXT NOT NULL,
  name TEXT NOT NULL,              -- the preferred one
  english TEXT NOT NULL
);

CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapters (id),
  section_id INTEGER REFERENCES sections (id),
  subject TEXT NOT NULL,           -- as the chapter names it
  subject_id TEXT REFERENCES terms (id),               -- NULL where the vocabulary does not know it
  dimension TEXT NOT NULL,
  dimension_id TEXT REFERENCES terms (id),
  text TEXT NOT NULL,              -- the value as written
  kind TEXT NOT NULL,              -- percentage, rating, ordinal, money, year, number, text
  low REAL, high REAL,             -- what it allows; NULL where there is no such end, or no figure
  low_open INTEGER NOT NULL, high_open INTEGER NOT NULL,
  unit TEXT NOT NULL,
  size INTEGER NOT NULL,           -- out of how many stars or steps; 0 where that is not said
  is_change INTEGER NOT NULL,
  scope TEXT NOT NULL,
  as_of INTEGER,
  source TEXT NOT NULL,            -- table, list, prose, diagram
  reference TEXT NOT NULL,
  problem TEXT NOT NULL,           -- why a figure could not be read
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE TABLE disputes (
  claim_id INTEGER NOT NULL REFERENCES claims (id),    -- what cannot be true
  counted_id INTEGER NOT NULL REFERENCES claims (id),  -- if this is, which counts: the home chapter's, else most places'
  PRIMARY KEY (claim_id, counted_id)
);

CREATE TABLE diagrams (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapters (id),
  section_id INTEGER REFERENCES sections (id),
  kind TEXT NOT NULL,              -- the word it opens with
  lines TEXT NOT NULL,             -- what was not read as nodes and edges
  source TEXT NOT NULL,            -- mermaid: as Mermaid itself holds it; grammar: it was not asked, or refuses the block
  type TEXT,                       -- Mermaid's name of the type; this and the rest NULL where it was not asked
  title TEXT,                      -- the accessible title
  description TEXT,                -- the accessible description
  caption TEXT,                    -- the visible title
  direction TEXT,                  -- of a flowchart: TB, BT, LR or RL
  labels TEXT,                     -- the texts that a reader sees, a line each
  complaint TEXT,                  -- why Mermaid draws nothing; NULL where it draws
  complaint_line INTEGER,
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE TABLE nodes (
  id INTEGER PRIMARY KEY,
  diagram_id INTEGER NOT NULL REFERENCES diagrams (id),
  name TEXT NOT NULL,              -- its id in the diagram
  text TEXT NOT NULL,
  parent TEXT,                     -- name of the subgraph around it; this and the rest NULL where Mermaid was not asked
  is_group INTEGER,                -- whether it is a subgraph
  shape TEXT,                      -- Mermaid's word; empty where none was given
  classes TEXT,                    -- names of style classes, blanks between
  styles TEXT,                     -- its own declarations, semicolons between
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE TABLE edges (
  id INTEGER PRIMARY KEY,
  diagram_id INTEGER NOT NULL REFERENCES diagrams (id),
  source TEXT NOT NULL,            -- name of a node, or of a subgraph
  target TEXT NOT NULL,
  source_id INTEGER REFERENCES nodes (id),             -- NULL for a subgraph
  target_id INTEGER REFERENCES nodes (id),
  text TEXT NOT NULL,
  stroke TEXT,                     -- normal, thick, dotted, invisible; NULL where Mermaid was not asked
  ends TEXT,                       -- Mermaid's word for its heads
  line INTEGER NOT NULL, column INTEGER NOT NULL, end_line INTEGER NOT NULL, end_column INTEGER NOT NULL
);

CREATE INDEX sections_by_chapter ON sections (chapter_id);
CREATE INDEX links_by_chapter ON links (chapter_id);
CREATE INDEX links_by_target ON links (target_chapter_id);
CREATE INDEX tables_by_chapter ON tables (chapter_id);
CREATE INDEX claims_by_chapter ON claims (chapter_id);
CREATE INDEX claims_by_term ON claims (subject_id, dimension_id);
CREATE INDEX diagrams_by_chapter ON diagrams (chapter_id);
CREATE INDEX nodes_by_diagram ON nodes (diagram_id);
CREATE INDEX edges_by_diagram ON edges (diagram_id);

-- Every claim with the path of its chapter, the words of its section, and the preferred names of what it is about.
CREATE VIEW figures AS
SELECT
  claims.id, chapters.path, claims.line, claims.column, sections.text AS heading,
  coalesce(subjects.name, claims.subject) AS subject, coalesce(dimensions.name, claims.dimension) AS dimension,
  claims.text, claims.kind, claims.low, claims.high, claims.low_open, claims.high_open, claims.unit, claims.size,
  claims.is_change, claims.scope, claims.as_of, claims.source, claims.reference, claims.subject_id, claims.dimension_id
FROM claims
JOIN chapters ON chapters.id = claims.chapter_id
LEFT JOIN sections ON sections.id = claims.section_id
LEFT JOIN terms AS subjects ON subjects.id = claims.subject_id
LEFT JOIN terms AS dimensions ON dimensions.id = claims.dimension_id;

-- Figures that contradict the one that counts, with both places: what the rules of the ledger report, allowed or not.
CREATE VIEW disagreements AS
SELECT
  one.subject, one.dimension, one.scope, one.as_of,
  one.text, one.path, one.line, one.column,
  counted.text AS counted_text, counted.path AS counted_path, counted.line AS counted_line,
  counted.column AS counted_column
FROM disputes
JOIN figures AS one ON one.id = disputes.claim_id
JOIN figures AS counted ON counted.id = disputes.counted_id;

-- Links that lead where nothing is, with the path of their chapter.
CREATE VIEW broken_links AS
SELECT chapters.path, links.line, links.column, links.text, links.destination, links.fault
FROM links
JOIN chapters ON chapters.id = links.chapter_id
WHERE links.fault IS NOT NULL;
