using Marketing.Domain.Ports;
using Microsoft.Extensions.Hosting;

namespace Marketing.Recommendations.Caching;

/// <summary>Drops from this process' memory what another process found to be old.</summary>
internal sealed class InvalidationListener(AnswerCache answers, IInvalidationChannel? channel = null) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        channel?.ListenAsync(users => answers.DropAsync(users, stoppingToken), stoppingToken) ?? Task.CompletedTask;
}
