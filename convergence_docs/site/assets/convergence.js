/* Boxes that scroll can be scrolled from the keyboard, and say what they are. */
(() => {
  const chinese = document.documentElement.lang.startsWith("zh")
  const BOXES = ".md-typeset__scrollwrap, .cd-math--display, .cd-math--long, .cd-scroll, .cd-diagram__source"

  function mark() {
    // Looks at all before it changes one: in turns, each would have the page laid out anew.
    const boxes = [...document.querySelectorAll(BOXES)].map(box => [box, overflows(box)])
    for (const [box, scrolls] of boxes) {
      if (scrolls) {
        box.tabIndex = 0
        if (box.hasAttribute("role")) continue
        box.dataset.cdScrolls = ""
        box.setAttribute("role", "group")
        box.setAttribute("aria-label", chinese ? "可滚动" : "Scrolls")
      } else if (("cdScrolls" in box.dataset || !box.hasAttribute("role")) && box !== document.activeElement) {
        delete box.dataset.cdScrolls
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name)
      }
    }
  }

  function overflows(box) {
    return box.scrollWidth > box.clientWidth + 1 || (box.localName === "pre" && box.scrollHeight > box.clientHeight + 1)
  }

  /* A browser leaves what it shows a corner of where it is. */
  document.addEventListener("focusin", ({ target }) => {
    if (target.parentElement?.closest(BOXES) && target.matches(":focus-visible"))
      target.scrollIntoView({ block: "nearest", inline: "nearest" })
  })

  if (window.document$) window.document$.subscribe(() => setTimeout(mark, 300))
  else addEventListener("load", mark)
  addEventListener("resize", mark)
  document.addEventListener("toggle", mark, true)
})()
