import type { RequestHandler } from "express";
import { pages } from "../../contract/pages.ts";

/** Where the pages of Bull Board find what Muster adds to them. */
export const boardFiles = { script: "/queues/muster.js", style: "/queues/muster.css" } as const;

const head = `<link rel="stylesheet" href="${boardFiles.style}"><script defer src="${boardFiles.script}"></script>`;
const back = `<a class="muster-back" href="${pages.home.path}">← Muster</a><div class="muster-refusal" role="alert" hidden></div>`;

/** Adds to every page of Bull Board the way back to Muster, a place for refusals, and the two files below. */
export const dressPages: RequestHandler = (_req, res, next) => {
  const send = res.send.bind(res);
  res.send = (body: unknown) =>
    send(typeof body === "string" && body.startsWith("<!DOCTYPE") ? dressed(body) : (body as string));
  next();
};

function dressed(html: string): string {
  return html.replace("</head>", `${head}</head>`).replace("</body>", `${back}</body>`);
}

/**
 * Hides what would be refused: of Bull Board's acts only the retry of failed jobs is allowed. The menu over all queues
 * stays, with its retry and the order of the queues. Its icons are named by Lucide, and its classes begin with what they
 * are; the release is pinned, and a test in the browser looks at both.
 */
export const boardStyle = `:not([class^="headerControls-"]) > button:has(.lucide-ellipsis-vertical),
[role="menuitem"]:not(:has(.lucide-refresh-cw), :has(.lucide-arrow-up-down), [class^="subItem-"]),
[role="menu"] > [role="separator"],
button:has(.lucide-pencil),
button:has(.lucide-trash2),
button:has(.lucide-files),
button:has(.lucide-play),
button:has(.lucide-clock),
[class^="jobActions-"] li:not(:has(.lucide-refresh-cw)),
[class^="queueActions-"] li:not(:has(.lucide-refresh-cw)) {
  display: none !important;
}
h5[class^="jobName-"] {
  display: none;
}
[class^="jobId-"] {
  font-size: 1rem !important;
  letter-spacing: normal !important;
}
.muster-back {
  position: fixed;
  inset: auto auto 44px 12px;
  z-index: 1000;
  padding: 6px 10px;
  border: 1px solid currentcolor;
  border-radius: 6px;
  background: Canvas;
  color: CanvasText;
  font-weight: 600;
  text-decoration: none;
}
.muster-refusal {
  position: fixed;
  inset: auto 24px 24px auto;
  z-index: 1001;
  max-width: min(480px, calc(100vw - 48px));
  padding: 12px 16px;
  border-left: 4px solid #c50f1f;
  border-radius: 6px;
  background: Canvas;
  color: CanvasText;
  box-shadow: 0 4px 16px rgb(0 0 0 / 30%);
}
`;

/** Gives each job its name as its title, names the icons, and says on the screen why an act was refused. */
export const boardScript = `"use strict";
const icons = {
  "refresh-cw": "Retry",
  "ellipsis-vertical": "More",
  maximize: "Full screen",
  minimize: "Leave full screen",
  settings: "Settings",
  copy: "Copy",
  download: "Download",
  x: "Close",
  "chevron-up": "Show less",
  "chevron-down": "Show more",
  "chevron-left": "Previous",
  "chevron-right": "Next",
  "arrow-up": "To the top",
  "panel-left": "Sidebar",
  search: "Search",
};
function nameButtons() {
  for (const button of document.querySelectorAll("button:not([aria-label]), a:not([aria-label])")) {
    if (button.textContent.trim() !== "") continue;
    const icon = Object.keys(icons).find((one) => button.querySelector(".lucide-" + one) !== null);
    if (icon !== undefined) button.setAttribute("aria-label", icons[icon]);
  }
}
function nameJobs() {
  for (const id of document.querySelectorAll('[class^="jobId-"]')) {
    const card = id.closest('[class*="card-"]');
    const name = card === null ? null : card.querySelector('[class^="jobName-"]');
    if (name === null || name.textContent === "" || id.textContent === name.textContent) continue;
    id.title = id.textContent;
    id.textContent = name.textContent;
  }
}
new MutationObserver(() => {
  nameButtons();
  nameJobs();
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });

let hiding;
function tell(text) {
  const place = document.querySelector(".muster-refusal");
  let words = "That was refused.";
  try {
    const problem = JSON.parse(text);
    words = [problem.title, problem.detail].filter(Boolean).join(". ") || words;
  } catch {}
  place.textContent = words;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (place.hidden = true), 15000);
}
const open = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, ...rest) {
  if (method.toUpperCase() !== "GET") {
    this.addEventListener("loadend", () => {
      if (this.status < 200 || this.status >= 400) {
        const answer = this.response;
        tell(typeof answer === "string" ? answer : JSON.stringify(answer));
      }
    });
  }
  return open.call(this, method, ...rest);
};
`;
