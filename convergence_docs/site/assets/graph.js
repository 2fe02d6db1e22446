/* On the graph, rows that the pointed one is linked with stand out, and arrow keys walk along its arcs. */
(() => {
  const rowsOf = node => [...node.closest("[data-cd-graph]").querySelectorAll("[data-cd-linked]")]
  const linkedOf = node => node.dataset.cdLinked.split(" ").filter(Boolean).map(Number)
  const nodeAt = event => event.target.closest && event.target.closest("[data-cd-graph] [data-cd-linked]")

  function mark(event) {
    const node = nodeAt(event)
    if (!node) return
    const rows = rowsOf(node)
    const linked = new Set(event.type === "focusin" || event.type === "mouseover" ? linkedOf(node) : [])
    rows.forEach((row, at) => row.classList.toggle("cd-graph__node--linked", linked.has(at)))
  }

  /** The nearest row above or below that an arc leads to; `Home` and `End` are the first and the last row. */
  function walk(event) {
    const node = nodeAt(event)
    if (!node || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const rows = rowsOf(node)
    const here = rows.indexOf(node)
    const linked = linkedOf(node)
    const goal = {
      ArrowDown: linked.find(at => at > here),
      ArrowUp: linked.filter(at => at < here).pop(),
      Home: 0,
      End: rows.length - 1,
    }[event.key]
    if (goal === undefined) return
    event.preventDefault()
    rows[goal].focus()
  }

  for (const type of ["mouseover", "mouseout", "focusin", "focusout"]) document.addEventListener(type, mark)
  document.addEventListener("keydown", walk)
})()
