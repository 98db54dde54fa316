/** Exports of kernel/index.ts; pointers are byte offsets into `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  setKey(key0: number, key1: number): void;
  setShape(slateSize: number, numCandidates: number, numClusters: number, resample: number, choiceModel: number): void;
  prepareRollout(
    policy: number,
    mostEducational: number,
    steps: number,
    estimator: number,
    warmUp: number,
    mayEnd: boolean,
  ): void;
  prepareUsers(capacity: number): void;
  userRowsPointer(): number;
  userValuesPointer(): number;
  preparePlan(steps: number, tables: number, cells: number): void;
  planRangePointer(): number;
  planMixesPointer(): number;
  planTableOfPointer(): number;
  planCellsPointer(): number;
  planTablesPointer(): number;
  prepareControl(groups: number, endsFromTop: number, ends: number, steps: number): void;
  openPilots(firstUser: number, users: number): void;
  stepPilots(step: number, users: number): void;
  controlNumbersPointer(): number;
  groupSizesPointer(): number;
  groupMeansPointer(): number;
  featureCoefficientsPointer(): number;
  termCoefficientsPointer(): number;
  controlRowsPointer(): number;
  beginBlock(): void;
  rollout(firstUser: number, users: number): void;
  prepareBatch(users: number): void;
  reset(firstUser: number, users: number): void;
  observe(firstUser: number, users: number, time: number): void;
  step(firstUser: number, users: number, now: number): void;
  rankSlates(mostEducational: number, users: number): void;
  batchStride(): number;
  tablesPointer(): number;
  parametersPointer(): number;
  corpusPointer(): number;
  weightsPointer(): number;
  sharedSlatePointer(): number;
  slatesPointer(): number;
  totalsPointer(): number;
  pastTotalsPointer(): number;
  digestTotalPointer(): number;
  seriesPointer(): number;
  seriesPivotsPointer(): number;
  returnsPointer(): number;
  exposuresPointer(): number;
  satisfactionsPointer(): number;
  digestsPointer(): number;
  observationsPointer(): number;
  educativenessPointer(): number;
  clustersPointer(): number;
  choicesPointer(): number;
  engagementsPointer(): number;
}
