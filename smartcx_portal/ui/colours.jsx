// A tenant's style sheet. The file was built for no tenant, so the first address is one that every tenant's page finds.
import { useSyncExternalStore } from "react";

const never = () => () => {};

export function TenantColours({ near, full }) {
  const href = useSyncExternalStore(never, () => full, () => near);
  return <link rel="stylesheet" href={href} precedence="tenant" />;
}
