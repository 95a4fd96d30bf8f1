// How are charts drawn? From plain numbers in the page, in the colours of the style sheet.

const { onContent, script, token, sentence, isCalm } = globalThis.Hygie;
const french = document.documentElement.lang.startsWith("fr");
const drawn = new Set();

onContent("figure[data-chart]", (figure) => {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    draw(figure);
  }, { rootMargin: "200px" });
  seen.observe(figure);
});

async function draw(figure) {
  const canvas = figure.querySelector("[data-chart-canvas]");
  const data = JSON.parse(document.getElementById(figure.dataset.chartSource).textContent);
  try {
    await script("echarts");
    if (french) await script("echartsFrench");
  } catch {
    const lost = figure.querySelector("[data-chart-lost]");
    lost.textContent = sentence("chartLost");
    lost.hidden = false;
    canvas.hidden = true;
    figure.querySelector("details").open = true;
    return;
  }
  // Only the first drawing moves: a redrawing may be on its way to paper.
  const start = (moves) => {
    const chart = globalThis.echarts.init(canvas, null, { renderer: "svg", locale: french ? "FR" : "EN" });
    chart.setOption(option(data, canvas.clientWidth, moves));
    return chart;
  };
  const state = { figure, canvas, chart: start(!isCalm), restart: () => { state.chart.dispose(); state.chart = start(false); } };
  drawn.add(state);
  let width = canvas.clientWidth;
  new ResizeObserver(() => {
    if (!canvas.isConnected) return forget(state);
    if (canvas.clientWidth === width) return;
    width = canvas.clientWidth;
    state.chart.resize();
    state.chart.setOption(option(data, width, false), true);
  }).observe(canvas);
  figure.dataset.chartDrawn = "yes";
}

function forget(state) {
  state.chart.dispose();
  drawn.delete(state);
}

document.addEventListener("hygie:theme", () => {
  for (const state of drawn) state.canvas.isConnected ? state.restart() : forget(state);
});

const number = (value, unit) => {
  if (value === null || value === undefined) return "–";
  const words = new Intl.NumberFormat(french ? "fr" : "en", { maximumFractionDigits: 2 }).format(value);
  return unit ? `${words}${unit === "%" && !french ? "" : "\u202f"}${unit}` : words;
};
const colour = (series, index) => token(series.state ? `fill-${series.state}` : `series-${(index % 5) + 1}`);

function option(data, width, moves) {
  const ink = token("ink");
  const soft = token("ink-soft");
  const base = {
    animation: moves,
    animationDuration: 250,
    textStyle: { fontFamily: token("font"), color: ink, fontSize: 13 },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: data.kind === "line" ? "line" : "shadow", lineStyle: { color: token("line-strong") }, shadowStyle: { color: token("sunken"), opacity: 0.6 } },
      backgroundColor: token("surface"),
      borderColor: token("line"),
      textStyle: { color: ink, fontFamily: token("font"), fontSize: 13 },
      valueFormatter: (value) => number(value, data.unit),
      renderMode: "richText",
      confine: true,
    },
  };
  return { ...base, ...axes(data, soft, width), series: data.series.flatMap((series, index) => marks(data, series, index, width)) };
}

function axes(data, soft, width) {
  const line = { lineStyle: { color: token("line-strong") } };
  const label = { color: soft, fontSize: 12, lineHeight: 15, hideOverlap: true };
  const few = data.categories.length <= 8 && !data.isTime;
  const room = (data.isFlat ? Math.min(220, width * 0.4) : width / data.categories.length) - 12;
  const names = {
    type: data.isTime ? "time" : "category",
    data: data.isTime ? undefined : data.categories,
    axisLine: line,
    axisTick: { show: false },
    axisLabel: data.isFlat || few ? { ...label, width: room, overflow: "break", hideOverlap: false, interval: 0 } : label,
    splitLine: { show: false },
    inverse: data.isFlat,
    boundaryGap: data.isTime ? undefined : data.kind !== "line",
  };
  const values = {
    type: "value",
    min: data.kind === "line" && !data.maximum ? undefined : 0,
    max: data.maximum ?? undefined,
    interval: data.maximum ? data.maximum / 4 : undefined,
    splitNumber: 4,
    axisLabel: { ...label, formatter: (value) => number(value, data.unit) },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: token("line") } },
  };
  const direct = data.kind === "line" && data.series.length > 1;
  const longest = Math.max(...data.series.map((series) => series.name.length));
  return {
    grid: { left: 4, right: direct ? Math.min(width * 0.32, longest * 7 + 12) : 24, top: data.isFlat && data.target !== null ? 26 : 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: data.isFlat ? values : names,
    yAxis: data.isFlat ? names : values,
  };
}

function marks(data, series, index, width) {
  const tint = colour(series, index);
  const points = data.isTime ? series.values.map((value, place) => [data.categories[place], value]) : series.values;
  const target = index === 0 && data.target !== null
    ? {
        silent: true,
        symbol: "none",
        lineStyle: { color: token("ink"), width: 1, type: [4, 3] },
        label: { formatter: `${data.targetLabel} ${number(data.target, data.unit)}`.trim(), position: data.isFlat ? "start" : "insideStartTop", color: token("ink"), fontSize: 12 },
        data: [data.isFlat ? { xAxis: data.target } : { yAxis: data.target }],
      }
    : undefined;
  if (data.kind === "line") {
    const drawing = {
      type: "line",
      name: series.name,
      data: points,
      connectNulls: false,
      symbol: "circle",
      symbolSize: 5,
      showSymbol: series.values.length <= 26,
      lineStyle: { width: 2, color: tint },
      itemStyle: { color: tint },
      emphasis: { disabled: true },
      markLine: target,
      endLabel: data.series.length > 1 ? { show: true, formatter: series.name, color: tint, fontSize: 12, fontWeight: 600, distance: 6, width: width * 0.32, overflow: "break" } : undefined,
      labelLayout: { moveOverlap: "shiftY" },
    };
    return series.low.length ? [...band(data, series, index, tint), drawing] : [drawing];
  }
  return [{
    type: "bar",
    name: series.name,
    data: points,
    stack: data.kind === "stacked" ? "all" : undefined,
    barMaxWidth: 28,
    itemStyle: { color: tint, borderColor: token("surface"), borderWidth: data.kind === "stacked" ? 1 : 0 },
    emphasis: { disabled: true },
    label: data.kind === "bar" && data.series.length <= 2 ? { show: true, position: data.isFlat ? "right" : "top", color: token("ink"), formatter: (point) => number(data.isTime ? point.value[1] : point.value, data.unit) } : undefined,
    markLine: target,
  }];
}

/** The uncertainty: a pale surface between the low and the high bound. */
function band(data, series, index, tint) {
  const place = (values) => (data.isTime ? values.map((value, at) => [data.categories[at], value]) : values);
  const common = { type: "line", stack: `band-${index}`, symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { opacity: 0 }, emphasis: { disabled: true } };
  const height = series.high.map((high, at) => (high === null || series.low[at] === null ? null : high - series.low[at]));
  return [
    { ...common, data: place(series.low) },
    { ...common, data: place(height), areaStyle: { color: tint, opacity: 0.16 } },
  ];
}
