/* Draws one diagram: `__cdDraw` takes {text, config, today} as JSON and gives {svg, kind} as JSON. */
(() => {
  const Clock = globalThis.Date
  let today = 0
  /* Mermaid lets some drawings depend on the day. Here it is the day that the caller says. */
  class Fixed extends Clock {
    constructor(...given) { given.length ? super(...given) : super(today) }
    static now() { return today }
  }
  globalThis.Date = Fixed
  globalThis.performance = { now: () => 0 }

  globalThis.__cdDraw = async request => {
    const asked = JSON.parse(request)
    today = asked.today
    __resetDocument()
    mermaid.initialize(asked.config)
    const container = document.getElementById("container")
    const { svg, diagramType } = await mermaid.render("cd", asked.text, container)
    container.innerHTML = svg
    const drawing = container.getElementsByTagName("svg")[0]
    return JSON.stringify({ svg: new XMLSerializer().serializeToString(drawing), kind: diagramType })
  }
})()
