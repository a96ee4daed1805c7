namespace Marketing.Recommender.Ingestion;

/// <summary>What became of a request's interactions, so far.</summary>
public sealed class IntakeTally(int maxListed)
{
    private readonly List<Rejection> _rejections = [];

    /// <summary>New in the log.</summary>
    public long Accepted { get; private set; }

    /// <summary>In the log already, or twice in the request.</summary>
    public long Duplicate { get; private set; }

    /// <summary>Refused, listed or not.</summary>
    public long Rejected { get; private set; }

    /// <summary>The first refusals, in order.</summary>
    public IReadOnlyList<Rejection> Rejections => _rejections;

    /// <summary>Counts an appended batch.</summary>
    public void Append(int count, int accepted)
    {
        Accepted += accepted;
        Duplicate += count - accepted;
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
