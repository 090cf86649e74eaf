export { sourceYamlErrors } from './errors/errors.ts'
