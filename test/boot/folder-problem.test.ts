import { expect, test } from "vitest";
import { blameFolder } from "../../boot/folder-problem.ts";

function refusal(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: what the system says`), { code, syscall: "mkdir" });
}

test("a data directory on a disk that cannot be written is one sentence that names the setting; another error stays", () => {
  expect(() => blameFolder("/srv/muster")(refusal("EROFS"))).toThrow(
    /^MUSTER_DATA_DIR leads to \/srv\/muster, which cannot be made or written \(EROFS\): give this account the folder/,
  );
  expect(() => blameFolder("/srv/muster")(refusal("EMFILE"))).toThrow("EMFILE: what the system says");
});
