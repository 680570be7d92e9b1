"""The style sheet and the small script of a page; both work from the file alone."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #f5f6f8; --card: #ffffff; --ink: #1b2029; --soft: #535d6c; --line: #d9dee6;
  --wash: #eef1f5; --accent: #0b5cad; --tint: #e3eefa; --good: #146339; --goodtint: #e2f3e8;
  --bad: #a8201a; --badtint: #fcebea; --warn: #7a4a00; --warntint: #fdf2dc; --then: #0b5cad;
  --now: #8a94a3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1319; --card: #181e27; --ink: #e8ebf0; --soft: #a7b1bf; --line: #323b48;
    --wash: #212936; --accent: #82bbff; --tint: #1b3350; --good: #74d6a0; --goodtint: #15352a;
    --bad: #ff9a92; --badtint: #452321; --warn: #f2bd68; --warntint: #40311a; --then: #5c9ee6;
    --now: #77828f;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.layout { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2.5rem;
  max-width: 82rem; margin: 0 auto; padding: 0 1.5rem; }
header.top { border-bottom: 1px solid var(--line); background: var(--card); }
header.top > div { max-width: 82rem; margin: 0 auto; padding: 1.75rem 1.5rem 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.015em; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .25rem; letter-spacing: -.01em; }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0; }
h4 { font-size: .95rem; margin: 1.1rem 0 .35rem; }
p { margin: .35rem 0; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.kicker { color: var(--soft); font-size: .8rem; font-weight: 600; letter-spacing: .05em;
  text-transform: uppercase; margin: 0 0 .3rem; }
nav { padding: 2rem 0; font-size: .925rem; }
nav > div { position: sticky; top: 1.25rem; max-height: calc(100vh - 2.5rem); overflow: auto; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav ul ul { padding-left: .8rem; border-left: 2px solid var(--line); margin: .15rem 0 .6rem .1rem; }
nav a { display: block; padding: .2rem .4rem; color: var(--ink); text-decoration: none; }
nav ul ul a { color: var(--soft); }
nav a:hover { text-decoration: underline; }
#search { margin: 0 0 1rem; }
#search label { display: block; font-size: .8rem; font-weight: 600; color: var(--soft); }
#search input { width: 100%; font: inherit; padding: .4rem .6rem; border: 1px solid var(--soft);
  border-radius: 6px; background: var(--card); color: var(--ink); }
#search output { display: block; min-height: 1.4em; font-size: .8rem; color: var(--soft); }
main { padding: 2rem 0 3rem; min-width: 0; }
main > section { margin-bottom: 2.75rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 1.25rem 1.4rem; margin-top: 1rem; }
.card > header { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; }
.card > header + p { margin-top: .2rem; }
.figure { margin: 1rem 0 .5rem; }
.drawing { display: block; max-width: 100%; height: auto; font-size: 13px; }
.drawing text { fill: var(--ink); }
.drawing .strong { font-weight: 650; }
.drawing .faint { fill: var(--soft); }
.drawing .tiny { font-size: 12px; fill: var(--soft); }
.drawing .onbar { fill: var(--ink); }
.drawing .good { fill: var(--good); } .drawing .bad { fill: var(--bad); }
.drawing .accent { fill: var(--accent); font-weight: 650; }
.box { fill: var(--wash); stroke: var(--line); }
.box-open { fill: var(--tint); stroke: var(--accent); }
.box-won { fill: var(--goodtint); stroke: var(--good); }
.box-lost { fill: var(--badtint); stroke: var(--bad); }
.box-warn { fill: var(--warntint); stroke: var(--warn); }
.gate { fill: var(--card); stroke: var(--accent); stroke-width: 1.5; }
.track { fill: var(--line); } .filled { fill: var(--accent); }
.arrow { fill: none; stroke: var(--soft); stroke-width: 1.6; }
.dashed { fill: none; stroke: var(--soft); stroke-width: 1.4; stroke-dasharray: 4 4; }
.grid { stroke: var(--line); stroke-width: 1; }
.axis-way { fill: var(--soft); }
.axis { stroke: var(--soft); stroke-width: 1.2; }
.bar-now { fill: var(--now); } .bar-then { fill: var(--then); }
.curve-now { fill: none; stroke: var(--now); stroke-width: 2.5; stroke-dasharray: 6 5; }
.curve-then { fill: none; stroke: var(--then); stroke-width: 3; stroke-linejoin: round; }
.clock-run { fill: var(--tint); } .clock-late { fill: var(--badtint); }
.mark-warn { fill: var(--warn); } .mark-due { fill: var(--bad); } .mark-start { fill: var(--good); }
.hours { fill: var(--then); }
.narrow { display: none; }
.tag { display: inline-block; font-size: .78rem; font-weight: 600; line-height: 1.35;
  white-space: nowrap;
  padding: .1rem .5rem; border-radius: 99px; background: var(--wash); color: var(--soft); }
.tag.good { background: var(--goodtint); color: var(--good); }
.tag.bad { background: var(--badtint); color: var(--bad); }
.tag.warn { background: var(--warntint); color: var(--warn); }
.tag.accent { background: var(--tint); color: var(--accent); }
.stages { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .8rem;
  padding: 0; margin: 1rem 0 0; list-style: none; }
.stages > li { border: 1px solid var(--line); border-radius: 10px; padding: .8rem .95rem;
  min-width: 0; }
.stages h4 { margin: 0 0 .25rem; font-size: 1rem; }
dl { margin: .5rem 0 0; font-size: .9rem; }
dl dt { font-weight: 600; margin-top: .45rem; }
dl dd { margin: 0; }
@media (min-width: 40rem) {
  .card > dl { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .35rem 1rem; }
  .card > dl dt { margin: 0; }
}
ul.plain, ol.plain { margin: .15rem 0; padding-left: 1.15rem; }
.checks { list-style: none; padding: 0; margin: .15rem 0; }
.checks li { padding-left: 1.35rem; position: relative; margin: .2rem 0; }
.checks li::before { content: "\\2713"; position: absolute; left: .1rem; color: var(--good);
  font-weight: 700; }
.scroll { overflow-x: auto; margin: .75rem 0 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap: normal; }
caption { text-align: left; font-weight: 600; padding: .2rem 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-size: .8rem; }
tbody th { font-weight: 600; }
td { min-width: 5rem; } .figures td { min-width: 0; }
.figures td, .figures thead th + th { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
.more-than { color: var(--soft); }
code { font: .86em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--wash);
  padding: .08em .35em; border-radius: 4px; }
pre { background: var(--wash); padding: .8rem 1rem; border-radius: 8px; white-space: pre-wrap;
  font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; margin: .5rem 0 0; }
.risks { list-style: none; margin: .8rem 0 0; padding: 0; }
.risks li { border-left: 4px solid var(--warn); background: var(--warntint); padding: .5rem .9rem;
  border-radius: 0 8px 8px 0; margin: .4rem 0; }
.risks li.refused { border-color: var(--bad); background: var(--badtint); }
.answers { list-style: none; padding: 0; margin: .9rem 0 0; display: grid; gap: .6rem; }
.answers li { border-left: 4px solid var(--accent); padding: .15rem 0 .15rem .9rem; }
.changes { list-style: none; padding: 0; margin: .5rem 0 0; }
.changes li { padding: .4rem 0; border-bottom: 1px solid var(--line); }
.changes .tag { margin-right: .5rem; }
del { text-decoration-color: var(--bad); color: var(--soft); }
ins { text-decoration: none; background: var(--tint); padding: 0 .2em; border-radius: 3px; }
details { margin-top: .8rem; }
summary { cursor: pointer; font-weight: 600; font-size: .9rem; color: var(--accent); }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .84rem; color: var(--soft);
  margin: .4rem 0 0; padding: 0; list-style: none; }
.key svg { vertical-align: -1px; margin-right: .4rem; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .85rem; }
footer > div { max-width: 82rem; margin: 0 auto; padding: 1.25rem 1.5rem 2rem; }
[hidden] { display: none !important; }
@media (max-width: 52rem) {
  .layout { display: block; padding: 0 1rem; }
  header.top > div, footer > div { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.55rem; }
  nav { padding: 1.25rem 0 0; }
  nav > div { position: static; max-height: none; }
  nav ul ul { display: none; }
  nav ul { display: flex; flex-wrap: wrap; gap: .3rem; }
  nav a { border: 1px solid var(--line); border-radius: 99px; background: var(--card);
    padding: .25rem .8rem; }
  main { padding-top: 1.5rem; }
  .card { padding: 1rem; }
  .wide { display: none; }
  .narrow { display: block; }
  th, td { padding: .4rem .5rem; }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --wash: #f2f2f2;
    --accent: #0b4a8a; --tint: #e8eff8; --good: #0d4d2b; --goodtint: #e8f4ec; --bad: #8c1a15;
    --badtint: #fbeceb; --warn: #6b4100; --warntint: #fcf4e3; --then: #0b4a8a; --now: #8a94a3;
  }
  body { font-size: 11pt; }
  nav, .skip { display: none; }
  .layout { display: block; max-width: none; padding: 0; }
  .card, .stages > li, tr, .figure { break-inside: avoid; }
  .card { border-color: #bbb; padding: .6rem .8rem; }
  h2, h3 { break-after: avoid; }
  .wide { display: block; } .narrow { display: none; }
  .scroll { overflow: visible; }
}
"""

SCRIPT = """
(() => {
  const box = document.getElementById("search");
  const field = box.querySelector("input");
  const told = box.querySelector("output");
  const cards = [...document.querySelectorAll("[data-find]")];
  const texts = cards.map((card) => card.textContent.toLowerCase());
  const chapters = [...document.querySelectorAll("main > section")];
  const find = () => {
    const wanted = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, number) => {
      const fits = wanted.every((word) => texts[number].includes(word));
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    chapters.forEach((chapter) => {
      const inside = [...chapter.querySelectorAll("[data-find]")];
      chapter.hidden = inside.length > 0 && inside.every((card) => card.hidden);
    });
    told.textContent = wanted.length ? `${shown} of ${cards.length} parts` : "";
  };
  box.hidden = false;
  field.addEventListener("input", find);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
    }
    if (event.key === "Escape" && document.activeElement === field) {
      field.value = "";
      find();
    }
  });
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
  });
})();
"""
