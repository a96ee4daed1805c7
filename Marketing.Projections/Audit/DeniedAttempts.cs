using Marketing.Domain.Ports;

namespace Marketing.Projections.Audit;

/// <summary>
/// Counts denied attempts by action, caller and outcome until they are taken. Somebody who sends a million requests without a key causes
/// one entry a minute, and many addresses together cause <see cref="MaxEntries"/> at most.
/// </summary>
internal sealed class DeniedAttempts
{
    private const int MaxEntries = 200;

    /// <summary>From here on, attempts are counted only by action and outcome.</summary>
    private const int MaxCallers = MaxEntries / 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Action, AuditActor Actor, string? Address, int Outcome), (DateTimeOffset At, int Count)> _attempts = [];

    /// <summary>Counts an attempt.</summary>
    public void Add(string action, AuditActor actor, string? address, int outcome, DateTimeOffset at)
    {
        lock (_lock)
        {
            var key = (action, actor, address, outcome);
            if (!_attempts.ContainsKey(key) && _attempts.Count >= MaxCallers)
            {
                key = (action, AuditActor.Anonymous, null, outcome);
            }

            _attempts[key] = (at, _attempts.GetValueOrDefault(key).Count + 1);
        }
    }

    /// <summary>Returns one entry for all attempts alike, with the time of the last one, and starts again.</summary>
    public IReadOnlyList<AuditEntry> Take()
    {
        lock (_lock)
        {
            AuditEntry[] taken =
            [
                .. _attempts.Select(static one => new AuditEntry(
                    AuditId.New(one.Value.At), one.Value.At, one.Key.Action, one.Key.Actor, one.Key.Address, Target: null,
                    one.Key.Outcome, one.Value.Count)),
            ];
            _attempts.Clear();
            return taken;
        }
    }
}
