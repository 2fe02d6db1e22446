/* Anchors that have moved: who asks for an old one is led to where it is now. Unknown ones are left alone. */
(() => {
  function lead() {
    const place = document.querySelector(".cd-moved")
    if (!place || location.hash.length < 2) return
    let id
    try {
      id = decodeURIComponent(location.hash.slice(1))
    } catch {
      return
    }
    if (document.getElementById(id)) return
    const moved = JSON.parse(place.dataset.moved)
    if (Object.hasOwn(moved, id)) location.replace(moved[id])
  }

  /* At best now, while Material is not there yet: it would take the step for one to another page, fetch this one once
   * more, and then scroll as it thinks right. */
  lead()
  addEventListener("hashchange", lead)
  const follow = () => window.document$?.subscribe(lead) // for the pages that it brings
  follow() // where it came first: a page whose scripts do not wait (`delivery.py`)
  addEventListener("convergence:begun", follow)
})()
