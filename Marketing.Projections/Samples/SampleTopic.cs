namespace Marketing.Projections.Samples;

/// <summary>A topic that customers ask about.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Weight">How many customers have it, relative to other topics.</param>
/// <param name="Intents">The questions they ask; for each, the campaigns that answer it, from 1 (a little) to 3 (exactly).</param>
internal sealed record SampleTopic(
    string Topic, int Weight, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Intents);
