/** The words that names in APIs are made of. Who adds one: no word by which a company names a column, such as "team". */
const WORDS = new Set(
  `
  a about access account accounts action active activity actual added all allowed and any api application applied apply
  archived array asc at attribute attributes audit available base batch batches before between blank body by bytes calls
  camel can cause change changed changes children cloud code codes collection column columns common completed config
  configuration content contents context contributor contributors correlation count counts created creation csv current
  cursor custom customer data date default deleted deletion desc description detail details developer developers
  diff directory display document documents draft drafts duplicate edges element elements email emails embedded empty
  enabled end entities entity entries entry error errors event events exception expires external failed failure fetch
  field fields file filter filters first flag flags flat for form format found from full generated group groups has hash
  have header headers href html http id identifier identifiers identities identity ids ignored import in include index
  info information inserted integration integrations internal invalid is issue issues item items json key keys kind label
  last latest length level limit line link links list lists login map mapped mapping mappings match matched max maximum
  message messages meta metadata method min minimum missing mode model modified modifier name names new next no node
  nodes not null number numbers object objects of offset old on operation operations option optional options order org
  organization origin original other page pageable paged pages paging pagination parameter params parent path payload
  pending per position preview previous primary processed profile project properties property provider query raw read
  reason reasons record records ref reference references related remaining removed replaced reply request requests
  required resource resources response result results retry review revision root row rows sample samples schema scope
  scopes search second sei self sequence service set shape size skipped snapshot sort sorted source stack start state
  status string success successful suggested summary sync synced system target tenant text time timestamp timestamps to
  token total totals trace tree type types unchanged unique unknown unmapped unpaged unsorted updated upload uploaded
  url urls user username users uuid valid validation validations value values version versions view visible warning
  warnings with wrapper written x
  `
    .trim()
    .split(/\s+/),
);

/**
 * Whether a key is made of nothing but words of APIs, so that it tells nothing of a company or a person.
 *
 * @example
 * isApiName("totalElements"); // true
 * isApiName("ada@example.com"); // false
 * isApiName("costCenter"); // false
 */
export function isApiName(key: string): boolean {
  if (key.length > 60 || !/^[A-Za-z_$@.-]+$/.test(key)) return false;
  if (/[@.$]/.test(key.slice(1))) return false;
  const words = key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words.length > 0 && words.every((word) => WORDS.has(word.toLowerCase()));
}
