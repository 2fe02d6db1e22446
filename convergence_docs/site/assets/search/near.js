/* What is near a query where little holds it. */
async function nearHits(query, scope, found, isWanted) {
  return []
}
