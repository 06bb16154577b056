/**
 * An Application is as healthy as it says. Argo CD leaves this out since 1.8, and without it the waves of an
 * app-of-apps do not wait. https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#argocd-app
 */
export const APPLICATION_HEALTH = `local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil and obj.status.health.status ~= nil then
  health.status = obj.status.health.status
  health.message = obj.status.health.message or ""
end
return health
`;

/**
 * Many Ingress controllers write no address into the status, and without one Argo CD waits for ever.
 * https://github.com/argoproj/argo-cd/issues/14607
 */
export const INGRESS_HEALTH = `return { status = "Healthy", message = "" }
`;
