namespace Marketing.Ingest.Generate;

/// <summary>The size of a generated world.</summary>
/// <remarks>Equal options generate the same world, byte for byte.</remarks>
/// <param name="Users">The number of users, a few of whom account for most interactions.</param>
/// <param name="Campaigns">The number of campaigns, each about one subject.</param>
/// <param name="Interactions">The exact number of interactions.</param>
/// <param name="Seed">The random seed; part of every event id.</param>
/// <param name="ChatShare">The share of interactions that are chats, 0 to 1.</param>
/// <param name="Span">The time from the first to the last interaction.</param>
/// <param name="EndsAt">The time before which the last interaction occurs.</param>
internal sealed record WorldOptions(
    int Users, int Campaigns, long Interactions, int Seed, double ChatShare, TimeSpan Span, DateTimeOffset EndsAt)
{
    /// <summary>The end of a world that is written to a file; fixed, so that the file does not change from day to day.</summary>
    public static readonly DateTimeOffset DefaultEnd = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
}
