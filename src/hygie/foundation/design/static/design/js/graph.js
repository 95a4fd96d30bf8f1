// How is a graph shown? Small and focused, drawn by cytoscape, with the same links listed in words.

const { onContent, script, token, sentence, isCalm } = globalThis.Hygie;

// Page of a graph: <figure data-graph="ID of the JSON"> with [data-graph-canvas] and a list inside.
// JSON: {nodes: [{id, label, kind, state?, url?}], links: [{from, to, label?}], focus?, layered?}
onContent("figure[data-graph]", async (figure) => {
  const canvas = figure.querySelector("[data-graph-canvas]");
  const data = JSON.parse(document.getElementById(figure.dataset.graph).textContent);
  try {
    await script("cytoscape");
    if (data.layered) await script("cytoscapeDagre");
  } catch {
    canvas.textContent = sentence("chartLost");
    return;
  }
  // It would write an inline style sheet, which our policy refuses; our own sheet holds the rule,
  // and an element of that identifier tells it so.
  if (!document.getElementById("__________cytoscape_stylesheet")) {
    document.head.append(Object.assign(document.createElement("meta"), { id: "__________cytoscape_stylesheet" }));
  }
  const graph = globalThis.cytoscape({
    container: canvas,
    elements: elements(data),
    style: style(),
    layout: layout(data),
    minZoom: 0.3,
    maxZoom: 2.5,
    boxSelectionEnabled: false,
  });
  // A handful of nodes must not fill the frame with giant letters.
  graph.one("layoutstop", () => {
    if (graph.zoom() > 1.15) graph.zoom(1.15);
    graph.center();
  });
  graph.on("tap", "node[url]", (event) => location.assign(event.target.data("url")));
  document.addEventListener("hygie:theme", () => graph.style(style()));
  new ResizeObserver(() => graph.resize()).observe(canvas);
  for (const button of figure.querySelectorAll("[data-graph-act]")) {
    button.addEventListener("click", () => act(graph, button.dataset.graphAct));
  }
  figure.dataset.graphDrawn = "yes";
});

function elements(data) {
  return [
    ...data.nodes.map((node) => ({ data: node, classes: [node.kind, node.state ? `state-${node.state}` : "", node.id === data.focus ? "focus" : ""].join(" ") })),
    ...data.links.map((link, index) => ({ data: { id: `link-${index}`, source: link.from, target: link.to, label: link.label ?? "" } })),
  ];
}

function layout(data) {
  const common = { animate: !isCalm, animationDuration: 250, padding: 24, fit: true };
  if (data.layered) {
    // Names stand under the marks and verbs between them: neither may cover the next one.
    const words = [...data.nodes, ...data.links].map((one) => (one.label ?? "").length);
    return { ...common, name: "dagre", rankDir: "LR", nodeSep: 40, rankSep: Math.max(80, 6 * Math.max(0, ...words)) };
  }
  return { ...common, name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true };
}

function style() {
  const states = ["passed", "partial", "failed", "not_tested", "cannot_tell", "stale", "not_applicable"];
  return [
    { selector: "node", style: { label: "data(label)", "font-family": "Atkinson Hyperlegible Next", "font-size": 12, color: token("ink"), "text-valign": "bottom", "text-margin-y": 6, "text-wrap": "wrap", "text-max-width": 140, width: 22, height: 22, "background-color": token("surface"), "border-width": 2, "border-color": token("accent") } },
    { selector: "node.focus", style: { width: 32, height: 32, "background-color": token("accent") } },
    ...states.map((state) => ({ selector: `node.state-${state}`, style: { "border-color": token(state), "background-color": token(`${state}-wash`), "border-style": state === "not_tested" ? "dashed" : "solid", shape: state === "failed" ? "diamond" : "ellipse" } })),
    { selector: "edge", style: { width: 1.5, "line-color": token("line-strong"), "target-arrow-color": token("line-strong"), "target-arrow-shape": "triangle", "curve-style": "bezier", label: "data(label)", "font-size": 11, "font-family": "Atkinson Hyperlegible Next", color: token("ink-soft"), "text-background-color": token("paper"), "text-background-opacity": 1, "text-background-padding": 2 } },
    { selector: ":selected", style: { "overlay-color": token("accent"), "overlay-opacity": 0.15 } },
  ];
}

function act(graph, name) {
  if (name === "fit") graph.fit(undefined, 24);
  if (name === "in") graph.zoom({ level: graph.zoom() * 1.3, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
  if (name === "out") graph.zoom({ level: graph.zoom() / 1.3, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
}
