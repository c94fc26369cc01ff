import { TableArrowUpRegular } from "@fluentui/react-icons/svg/table-arrow-up";
import { useNavigate } from "@tanstack/react-router";
import { type FileOperation, operations } from "../../contract/operations.ts";
import { pages } from "../../contract/pages.ts";
import type { Command } from "../kit/CommandButton.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { userTexts } from "./user-texts.ts";

/** The way to the upload page with the operation `first` chosen, and in a menu beside it with each of `offered`. */
export function useUploadCommand(customerId: string, first: FileOperation, offered: readonly FileOperation[]): Command {
  const navigate = useNavigate();
  const { reason } = useAuthority(customerId);
  const open = (operation: FileOperation) =>
    void navigate({
      to: pages.upload.path,
      params: { customerId },
      search: { operation: operations[operation].slug },
    });
  return {
    key: "upload",
    label: pages.upload.title,
    icon: <TableArrowUpRegular />,
    onUse: () => open(first),
    menu: {
      label: userTexts.commands.forMany,
      commands: offered.map((operation) => ({
        key: `upload ${operation}`,
        label: uploadTexts.upload.operations[operation].title,
        reason: reason(operation),
        onUse: () => open(operation),
      })),
    },
  };
}
