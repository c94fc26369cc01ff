import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

/** The system account that Postgres runs under; null where it is the one that runs Muster. */
export type Account = { uid: number; gid: number } | null;

const run = promisify(execFile);

/** Picks the account: our own, except for root, as which Postgres refuses to run: then the owner of `data`, or `postgres`, made when missing. */
export async function pickAccount(data: string): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(data).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const known = await findAccount("postgres");
  if (known) return known;
  await run("groupadd", ["--system", "--force", "postgres"]);
  await run("useradd", [
    "--system",
    "--gid",
    "postgres",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  const made = await findAccount("postgres");
  if (!made) throw new Error("Muster runs as root and could not make the system user postgres for its database.");
  return made;
}

/** Tells whether `account` itself can run `program`, because permissions of parent folders, ACLs and mounts all have a say. */
export async function canRun(account: Account, program: string, args: string[]): Promise<boolean> {
  return run(program, args, { ...account, cwd: "/", env: {} }).then(
    () => true,
    () => false,
  );
}

async function findAccount(name: string): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
