using Marketing.Domain.Ports;
using Microsoft.Extensions.Hosting;

namespace Marketing.Recommendations.Caching;

/// <summary>Drops cached answers that another process reports as stale.</summary>
internal sealed class InvalidationListener(AnswerCache answers, IInvalidationChannel? channel = null) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        channel?.ListenAsync(users => answers.DropAsync(users, stoppingToken), stoppingToken) ?? Task.CompletedTask;
}
