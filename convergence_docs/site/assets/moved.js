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

  addEventListener("hashchange", lead)
  if (window.document$) window.document$.subscribe(lead)
  else lead()
})()
