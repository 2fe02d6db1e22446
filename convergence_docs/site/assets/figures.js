/* Tables whose columns hold figures can be put in order: a button in the header, upwards, downwards, as it was. */
(() => {
  const chinese = document.documentElement.lang.startsWith("zh")
  const next = { none: "ascending", ascending: "descending", descending: "none" }

  /** Rows without a figure come last, and equal ones stay as they were. */
  function sort(table, head, direction) {
    for (const other of table.tHead.rows[0].cells) {
      if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", other === head ? direction : "none")
    }
    const sign = direction === "descending" ? -1 : 1
    for (const body of table.tBodies) {
      const rows = [...body.rows]
      const key = row => (direction === "none" ? Number(row.dataset.cdPlace) : value(row.cells[head.cellIndex]))
      rows.sort((one, other) => compare(key(one), key(other), direction === "none" ? 1 : sign))
      body.append(...rows)
    }
  }

  function value(cell) {
    return cell && cell.dataset.cdKey !== undefined ? Number(cell.dataset.cdKey) : NaN
  }

  function compare(one, other, sign) {
    if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other)
    return sign * (one - other)
  }

  function prepare(table) {
    if (!table.tHead || table.dataset.cdSort === "ready") return
    table.dataset.cdSort = "ready"
    for (const body of table.tBodies) [...body.rows].forEach((row, place) => (row.dataset.cdPlace = place))
    for (const head of table.tHead.querySelectorAll("th[data-cd-sortable]")) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "cd-sort"
      button.title = chinese ? "按此列排序" : "Sort by this column"
      button.append(...head.childNodes)
      head.append(button)
      head.setAttribute("aria-sort", "none")
      button.addEventListener("click", () => sort(table, head, next[head.getAttribute("aria-sort")]))
    }
  }

  const prepareAll = () => document.querySelectorAll("table[data-cd-sort]").forEach(prepare)
  if (window.document$) window.document$.subscribe(prepareAll)
  else addEventListener("DOMContentLoaded", prepareAll)
})()
