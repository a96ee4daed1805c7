using Marketing.Domain.Ports;

namespace Marketing.Projections.Ingestion;

/// <summary>The running outcome counts of a request.</summary>
public sealed class IngestTally(int maxListed)
{
    private readonly List<Rejection> _rejections = [];
    private readonly List<Rejection> _conflicts = [];

    /// <summary>New interactions.</summary>
    public long Accepted { get; private set; }

    /// <summary>Interactions already in the log, or twice in the request.</summary>
    public long Duplicate { get; private set; }

    /// <summary>Interactions rejected because their id has different content, listed or not.</summary>
    public long Conflict { get; private set; }

    /// <summary>Interactions rejected because they predate the erasure of their user.</summary>
    public long Erased { get; private set; }

    /// <summary>Invalid interactions, listed or not.</summary>
    public long Rejected { get; private set; }

    /// <summary>The first rejections, in order.</summary>
    public IReadOnlyList<Rejection> Rejections => _rejections;

    /// <summary>The first conflicts, in order.</summary>
    public IReadOnlyList<Rejection> Conflicts => _conflicts;

    /// <summary>Counts an appended batch, and lists conflicts up to the limit.</summary>
    /// <param name="outcomes">One per interaction.</param>
    /// <param name="positions">The position of each, in the same order.</param>
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

    /// <summary>Counts a rejection, and lists it up to the limit.</summary>
    public void Reject(long position, FieldError error)
    {
        Rejected++;
        if (_rejections.Count < maxListed)
        {
            _rejections.Add(new Rejection(position, error));
        }
    }
}

/// <summary>One rejection.</summary>
/// <param name="Position">The array index, from 0, or the line of a stream, from 1.</param>
/// <param name="Error">The reason.</param>
public readonly record struct Rejection(long Position, FieldError Error);
