/** Fields that only a scenario may give: the day of entry and other cases' counts are the product's own knowledge. */
export const scenarioOnly: readonly string[] = ['recordedOn', 'curatorHas'];
