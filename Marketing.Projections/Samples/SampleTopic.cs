namespace Marketing.Projections.Samples;

/// <summary>Something customers have on their mind.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Weight">How many have it on their mind, relative to the other topics.</param>
/// <param name="Intents">What they then ask; for each the campaigns that answer it, 1 (a little) to 3 (exactly).</param>
internal sealed record SampleTopic(
    string Topic, int Weight, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Intents);
