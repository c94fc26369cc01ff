import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { otherAddresses } from "./contract/pages.ts";
import { readSettings } from "./settings.ts";

const firstLoadLimitKb = 300;

/** The pages: built into dist/ui, beside the compiled server that serves them, or straight from the sources for `npm run dev`. */
export default defineConfig({
  root: "ui",
  plugins: [react(), compressAndWeigh(), askMuster()],
  resolve: { alias: { zod: fileURLToPath(new URL("ui/client/left-out-zod.ts", import.meta.url)) } },
  build: {
    outDir: "../dist/ui",
    emptyOutDir: true,
    // A data: address in a style is one thing more for the content policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    target: "es2023",
    // What many parts share is one file: a small one for each thing would be compressed, and asked for, by itself.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 12 }] } } },
  },
});

/**
 * Writes each file a second and third time, compressed, and fails where the script that a browser has to have before it
 * shows a page is too heavy: the entry, and the heaviest of the pages that it loads by themselves. Browsers take brotli
 * over TLS and from this machine; gzip, which is about 15 % heavier, is for the others and only printed.
 */
function compressAndWeigh(): Plugin {
  return {
    name: "muster-compress-and-weigh",
    apply: "build",
    writeBundle({ dir }, bundle) {
      const sizes = new Map<string, { br: number; gzip: number }>();
      for (const file of Object.values(bundle)) {
        const bytes = Buffer.from(file.type === "chunk" ? file.code : file.source);
        if (!/\.(?:js|css|html|svg)$/.test(file.fileName)) continue;
        const gzip = gzipSync(bytes, { level: 9 });
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength };
        const br = brotliCompressSync(bytes, { params });
        sizes.set(file.fileName, { br: br.byteLength, gzip: gzip.byteLength });
        writeFileSync(join(dir ?? "", `${file.fileName}.gz`), gzip);
        writeFileSync(join(dir ?? "", `${file.fileName}.br`), br);
      }
      const withImports = (name: string, found = new Set<string>()): Set<string> => {
        const file = bundle[name];
        if (file?.type !== "chunk" || found.has(name)) return found;
        found.add(name);
        for (const imported of file.imports) withImports(imported, found);
        return found;
      };
      const weigh = (names: Set<string>, kind: "br" | "gzip") =>
        [...names].reduce((sum, name) => sum + (sizes.get(name)?.[kind] ?? 0), 0) / 1000;
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entry = new Set<string>();
      for (const file of chunks) if (file.isEntry) withImports(file.fileName, entry);
      // What the frame loads by itself are pages; a dialog comes when its page is there and somebody asks for it.
      const ofFrame = new Set(
        chunks.filter(({ fileName }) => entry.has(fileName)).flatMap((file) => file.dynamicImports),
      );
      const first = chunks
        .filter(({ fileName }) => ofFrame.has(fileName))
        .map((file) => ({ name: file.name, files: withImports(file.fileName, new Set(entry)) }));
      const { name, files } = [{ name: "entry", files: entry }, ...first].reduce((heaviest, page) =>
        weigh(page.files, "br") > weigh(heaviest.files, "br") ? page : heaviest,
      );
      const tell = (of: Set<string>) => `${weigh(of, "br").toFixed(1)} kB (gzip ${weigh(of, "gzip").toFixed(1)})`;
      const weight = `First load, JavaScript in brotli: ${tell(entry)} for the frame, ${tell(files)} with ${name}, limit ${firstLoadLimitKb} kB`;
      if (weigh(files, "br") > firstLoadLimitKb) this.error(weight);
      process.stdout.write(`${weight}\n`);
    },
  };
}

/** Takes what is no page from the Muster that `npm run dev` starts beside. */
function askMuster(): Plugin {
  return {
    name: "muster-ask-muster",
    apply: "serve",
    config: () => ({
      server: { proxy: { [otherAddresses.source]: { target: `http://127.0.0.1:${readSettings().PORT}` } } },
    }),
  };
}
