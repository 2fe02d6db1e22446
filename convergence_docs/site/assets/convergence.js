/* Boxes that scroll can be scrolled from the keyboard. */
(() => {
  const chinese = document.documentElement.lang.startsWith("zh")

  function mark() {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .cd-math--display")) {
      if (box.scrollWidth <= box.clientWidth + 1) {
        if (box.matches(".cd-math--display")) box.removeAttribute("tabindex")
        continue
      }
      box.tabIndex = 0
      if (!box.hasAttribute("role")) {
        box.setAttribute("role", "group")
        box.setAttribute("aria-label", chinese ? "可横向滚动" : "Scrolls sideways")
      }
    }
  }

  if (window.document$) window.document$.subscribe(() => setTimeout(mark, 300))
  else addEventListener("load", mark)
  addEventListener("resize", mark)
})()
