using System.Globalization;
using Marketing.Domain.Ports;
using Marketing.Projections.Audit;
using Marketing.Projections.Consistency;
using Marketing.Projections.Users;
using Microsoft.Extensions.Options;

namespace Marketing.Projections.Maintenance;

/// <summary>
/// Removes old chat texts with their vectors, and forgets old erasures and audit entries. The log atomically makes redacted chats pending again, so
/// if this job is interrupted, the projector removes the remaining vectors.
/// </summary>
internal sealed class RetentionJob(
    IPersonalData personalData,
    IInteractionLog log,
    IEnumerable<IProjection> projections,
    IAnswerInvalidation answers,
    IAuditTrail trail,
    TimeProvider time,
    IOptions<RetentionOptions> options,
    IOptions<ErasureOptions> erasure,
    IOptions<AuditOptions> audit) : IMaintenanceJob
{
    private const int BatchSize = 1_000;

    private readonly IProjection _vectors = projections.Single(projection => projection.Name == ProjectionNames.Vectors);

    public string Name => "retention";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        List<string> done = [await RedactAsync(cancellationToken)];
        var now = time.GetUtcNow();
        if (await personalData.ForgetErasuresAsync(now - erasure.Value.RefuseOldEventsFor, cancellationToken) is > 0 and var forgotten)
        {
            done.Add(string.Create(
                CultureInfo.InvariantCulture, $"Forgot {forgotten} old erasures; events from before them are no longer rejected."));
        }

        if (await trail.RemoveAsync(now - audit.Value.Retention, cancellationToken) is > 0 and var removed)
        {
            done.Add(string.Create(CultureInfo.InvariantCulture, $"Removed {removed} old audit entries."));
        }

        return string.Join(' ', done);
    }

    private async Task<string> RedactAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ChatText is not { } age)
        {
            return "Chat text is kept forever because Retention:ChatText is not set.";
        }

        var before = time.GetUtcNow() - age;
        long redacted = 0;
        while (await personalData.RedactTextAsync(before, BatchSize, cancellationToken) is { Count: > 0 } ids)
        {
            var chats = await log.FindAsync(ids, cancellationToken);
            await _vectors.ApplyAsync(chats, cancellationToken);
            await answers.InvalidateAsync([.. chats.Select(chat => chat.UserId).Distinct()], cancellationToken);
            redacted += ids.Count;
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"Deleted the text of {redacted} chats from before {before:yyyy-MM-dd HH:mm:ss}Z.");
    }
}
