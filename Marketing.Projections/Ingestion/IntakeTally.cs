using Marketing.Domain.Ports;

namespace Marketing.Projections.Ingestion;

/// <summary>What became of a request's interactions, so far.</summary>
public sealed class IntakeTally(int maxListed)
{
    private readonly List<Rejection> _rejections = [];
    private readonly List<Rejection> _conflicts = [];

    /// <summary>New in the log.</summary>
    public long Accepted { get; private set; }

    /// <summary>In the log already, or twice in the request.</summary>
    public long Duplicate { get; private set; }

    /// <summary>Refused because the id belongs to an interaction with other content, listed or not.</summary>
    public long Conflict { get; private set; }

    /// <summary>Refused because it is from before its user was erased.</summary>
    public long Erased { get; private set; }

    /// <summary>Refused as not valid, listed or not.</summary>
    public long Rejected { get; private set; }

    /// <summary>The first refusals, in order.</summary>
    public IReadOnlyList<Rejection> Rejections => _rejections;

    /// <summary>The first conflicts, in order.</summary>
    public IReadOnlyList<Rejection> Conflicts => _conflicts;

    /// <summary>Counts an appended batch, and lists its conflicts while there is room.</summary>
    /// <param name="outcomes">One an interaction.</param>
    /// <param name="positions">Where each came from, in the same order.</param>
    public void Append(IReadOnlyList<AppendOutcome> outcomes, IReadOnlyList<long> positions)
    {
        var counts = AppendCounts.Of(outcomes);
        Accepted += counts.Accepted;
        Duplicate += counts.Duplicate;
        Conflict += counts.Conflict;
        Erased += counts.Erased;
        for (var i = 0; counts.Conflict > 0 && i < outcomes.Count && _conflicts.Count < maxListed; i++)
        {
            if (outcomes[i] == AppendOutcome.Conflict)
            {
                _conflicts.Add(new Rejection(positions[i], AppendCounts.ConflictError));
            }
        }
    }

    /// <summary>Counts a refusal, and lists it when there is room.</summary>
    public void Reject(long position, FieldError error)
    {
        Rejected++;
        if (_rejections.Count < maxListed)
        {
            _rejections.Add(new Rejection(position, error));
        }
    }
}

/// <summary>One refusal.</summary>
/// <param name="Position">The index in an array, from 0; the line of a stream, from 1.</param>
/// <param name="Error">Why.</param>
public readonly record struct Rejection(long Position, FieldError Error);
