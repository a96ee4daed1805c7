using Microsoft.Extensions.Hosting;

namespace Marketing.Recommender.Pipeline;

/// <summary>Drops from this process' memory what another process found to be old.</summary>
internal sealed class InvalidationListener(IInvalidationChannel channel, AnswerCache answers) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        channel.ListenAsync(users => answers.DropAsync(users, stoppingToken), stoppingToken);
}
