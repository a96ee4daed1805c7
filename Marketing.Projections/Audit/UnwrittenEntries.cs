using Marketing.Domain.Ports;

namespace Marketing.Projections.Audit;

/// <summary>The entries that could not be written yet, in bounded memory.</summary>
internal sealed class UnwrittenEntries
{
    /// <summary>A few MB.</summary>
    private const int Max = 10_000;

    private readonly Lock _lock = new();
    private readonly List<AuditEntry> _entries = [];

    /// <summary>Keeps entries while there is room.</summary>
    /// <returns>The number that had no room.</returns>
    public int Add(IReadOnlyList<AuditEntry> entries)
    {
        lock (_lock)
        {
            var kept = Math.Min(entries.Count, Max - _entries.Count);
            _entries.AddRange(entries.Take(kept));
            return entries.Count - kept;
        }
    }

    /// <summary>Returns the entries and forgets them.</summary>
    public IReadOnlyList<AuditEntry> Take()
    {
        lock (_lock)
        {
            AuditEntry[] taken = [.. _entries];
            _entries.Clear();
            return taken;
        }
    }
}
