namespace Marketing.Ingest.Generate;

/// <summary>How large a generated world is. Equal options give an equal world, byte for byte.</summary>
/// <param name="Users">People, of whom a few do most of what is done.</param>
/// <param name="Campaigns">Campaigns, each about one subject.</param>
/// <param name="Interactions">Interactions of all people, exactly.</param>
/// <param name="Seed">Another seed, another world of the same kind; part of every event id.</param>
/// <param name="ChatShare">Part of the interactions that are chats, 0 to 1.</param>
/// <param name="Span">Time from the first to the last interaction.</param>
/// <param name="EndsAt">Time that the last interaction is before.</param>
internal sealed record WorldOptions(
    int Users, int Campaigns, long Interactions, int Seed, double ChatShare, TimeSpan Span, DateTimeOffset EndsAt)
{
    /// <summary>When a world ends that is written to a file: fixed, so that the file is the same tomorrow.</summary>
    public static readonly DateTimeOffset DefaultEnd = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
}
