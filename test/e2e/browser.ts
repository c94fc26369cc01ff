import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const require = createRequire(import.meta.url);

/**
 * Starts the Chromium that comes with the npm package `@sparticuz/chromium`, also as root and on a machine without the
 * libraries and fonts that a browser wants: it brings both. It is unpacked to `folder` the first time (180 MB).
 */
export async function launchBrowser(folder: string): Promise<Browser> {
  if (!existsSync(folder)) await unpack(folder);
  return await chromium.launch({
    executablePath: join(folder, "chromium"),
    // Of the package's own arguments only those that a container needs: the others switch guards off.
    args: ["--no-sandbox", "--disable-setuid-sandbox", "--no-zygote", "--disable-gpu", "--font-render-hinting=none"],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  });
}

async function unpack(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-draft-`);
  // The package unpacks to the temporary folder, its libraries only where it believes itself to be on a Lambda.
  const script = `const chromium = require(process.argv[1]);
    chromium.setGraphicsMode = false;
    chromium.executablePath();`;
  const entry = require.resolve("@sparticuz/chromium");
  await promisify(execFile)(process.execPath, ["--eval", script, entry], {
    env: { ...process.env, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" },
  });
  await writeFile(
    join(draft, "fonts.conf"),
    `<?xml version="1.0"?>
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`,
  );
  // Where another file of the run has unpacked it meanwhile, that one is used.
  await rename(draft, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
}
