using Marketing.Domain.Ports;

namespace Marketing.Tests.Projections.Audit;

/// <summary>A trail in memory that a test can take down.</summary>
internal sealed class MemoryTrail : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly List<AuditEntry> _entries = [];

    /// <summary>Whether every call fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>The entries, oldest first.</summary>
    public IReadOnlyList<AuditEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        lock (_lock)
        {
            _entries.AddRange(entries);
        }

        return Task.CompletedTask;
    }

    public Task<Page<AuditEntry>> ListAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        return Task.FromResult(new Page<AuditEntry>([.. Entries.Reverse().Take(limit)], null));
    }

    public Task<long> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new IOException("The trail is down.");
        }
    }
}
