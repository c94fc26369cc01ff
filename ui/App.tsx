import { FluentProvider } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import styles from "./App.module.css";
import { queryClient } from "./client/query-client.ts";
import { router } from "./router.ts";
import { themes } from "./frame/themes.ts";
import { useThemeName } from "./frame/use-theme-choice.ts";

/** All pages, in the look that was chosen. */
export function App() {
  return (
    <FluentProvider theme={themes[useThemeName()]}>
      <div className={styles.app}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </div>
    </FluentProvider>
  );
}
