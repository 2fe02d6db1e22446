/* At an old address: on to the new one, with what was asked for. */
{
  const { to, moved } = document.currentScript.dataset
  const anchors = JSON.parse(moved)
  let id = ""
  try {
    id = decodeURIComponent(location.hash.slice(1))
  } catch {
    // No anchor has such a name.
  }
  const rest = to.includes("#") ? "" : location.hash
  location.replace(id && Object.hasOwn(anchors, id) ? anchors[id] : to.replace(/(?=#|$)/, () => location.search) + rest)
}
