import type { ReactNode } from "react";
import { pages } from "../../contract/pages.ts";
import { texts } from "../kit/texts.ts";
import styles from "./SignInStage.module.css";
import { useTitle } from "../kit/use-title.ts";

/** The page around the sign-in form. */
export function SignInStage({ children }: { children: ReactNode }) {
  useTitle(pages.signIn.title);
  return (
    <main className={styles.stage}>
      <div className={styles.panel}>
        <h1 className={styles.brand}>
          <img src={new URL("../icon.svg", import.meta.url).href} alt="" width={32} height={32} />
          {texts.brand}
        </h1>
        {children}
      </div>
    </main>
  );
}
