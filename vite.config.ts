import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const firstLoadLimitKb = 300;

/** The pages: built into dist/ui, beside the compiled server that serves them. */
export default defineConfig({
  root: "ui",
  plugins: [react(), compressAndWeigh()],
  build: {
    outDir: "../dist/ui",
    emptyOutDir: true,
    // A data: address in a style is one thing more for the content policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    target: "es2023",
  },
});

/** Writes each file a second and third time, compressed, and fails where the script of the first load is too heavy. */
function compressAndWeigh(): Plugin {
  return {
    name: "muster-compress-and-weigh",
    apply: "build",
    writeBundle({ dir }, bundle) {
      const gzipped = new Map<string, number>();
      for (const file of Object.values(bundle)) {
        const bytes = Buffer.from(file.type === "chunk" ? file.code : file.source);
        if (!/\.(?:js|css|html|svg)$/.test(file.fileName)) continue;
        const gzip = gzipSync(bytes, { level: 9 });
        gzipped.set(file.fileName, gzip.byteLength);
        writeFileSync(join(dir ?? "", `${file.fileName}.gz`), gzip);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength };
        writeFileSync(join(dir ?? "", `${file.fileName}.br`), brotliCompressSync(bytes, { params }));
      }
      const first = new Set<string>();
      const follow = (name: string) => {
        const file = bundle[name];
        if (file?.type !== "chunk" || first.has(name)) return;
        first.add(name);
        file.imports.forEach(follow);
      };
      for (const file of Object.values(bundle)) if (file.type === "chunk" && file.isEntry) follow(file.fileName);
      const kb = [...first].reduce((sum, name) => sum + (gzipped.get(name) ?? 0), 0) / 1000;
      const weight = `First load: ${kb.toFixed(1)} kB of gzipped JavaScript in ${first.size} files, limit ${firstLoadLimitKb} kB`;
      if (kb > firstLoadLimitKb) this.error(weight);
      process.stdout.write(`${weight}\n`);
    },
  };
}
