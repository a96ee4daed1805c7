using Marketing.Domain.Ports;

namespace Marketing.Stores.Contents;

/// <summary>Converts entries of the audit trail to records and back. A target is a hash already when it may identify a person.</summary>
internal static class AuditRecords
{
    public static LogRecord Of(AuditEntry entry) => Records.Of(entry.Id, new Fields(
        entry.At.ToUnixTimeMilliseconds(),
        entry.Action,
        entry.Actor.Id,
        entry.Actor.Name,
        entry.Address,
        entry.Target?.Id,
        entry.Outcome,
        entry.Count));

    public static AuditEntry ToEntry(LogRecord record)
    {
        var content = Records.Read<Fields>(record);
        return new AuditEntry(
            record.Id,
            DateTimeOffset.FromUnixTimeMilliseconds(content.At),
            content.Action,
            new AuditActor(content.ActorId, content.ActorName),
            content.Address,
            content.Target is { } target ? new AuditTarget(target) : null,
            content.Outcome,
            content.Count);
    }

    private sealed record Fields(
        long At, string Action, string ActorId, string ActorName, string? Address, string? Target, int Outcome, int Count);
}
