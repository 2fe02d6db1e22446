/* The palette of a reader who has not chosen one, and the button for the next: Material's script would bring both late. */
(() => {
  const inputs = [...document.querySelectorAll("[data-md-component=palette] input")]
  const media = input => input.dataset.mdColorMedia
  let kept = null
  try {
    kept = __md_get("__palette")
  } catch { /* storage is denied */ }
  const input = inputs[kept ? kept.index : Math.max(0, inputs.findIndex(one => matchMedia(media(one)).matches))]
  if (!input) return
  input.nextElementSibling.hidden = false
  if (kept) return
  const isAny = one => media(one) === "(prefers-color-scheme)"
  const chosen = (isAny(input) && inputs.find(one => !isAny(one) && matchMedia(media(one)).matches)) || input
  for (const name of ["scheme", "primary", "accent"]) {
    const value = chosen.getAttribute(`data-md-color-${name}`)
    if (value !== null) document.body.setAttribute(`data-md-color-${name}`, value)
  }
})()
