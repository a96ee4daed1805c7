using Marketing.Domain.Ports;

namespace Marketing.Projections.Ingestion;

/// <summary>The number of interactions per append outcome.</summary>
public readonly record struct AppendCounts(int Accepted, int Duplicate, int Conflict, int Erased)
{
    /// <summary>Tells a sender that an id is already in use.</summary>
    public static readonly FieldError ConflictError = new(
        "eventId",
        "eventId is already used by an interaction with different content, which stays unchanged. Give each interaction its own id.");

    /// <summary>Counts the outcomes.</summary>
    public static AppendCounts Of(IReadOnlyList<AppendOutcome> outcomes)
    {
        Span<int> counts = stackalloc int[4];
        for (var i = 0; i < outcomes.Count; i++)
        {
            counts[(int)outcomes[i]]++;
        }

        return new AppendCounts(
            counts[(int)AppendOutcome.Accepted],
            counts[(int)AppendOutcome.Duplicate],
            counts[(int)AppendOutcome.Conflict],
            counts[(int)AppendOutcome.Erased]);
    }
}
