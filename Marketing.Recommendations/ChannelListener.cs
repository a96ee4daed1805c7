using Marketing.Domain.Ports;
using Marketing.Recommendations.Caching;
using Marketing.Recommendations.Learned;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Recommendations;

/// <summary>Does what other processes ask of this one: drop stale answers from memory, and relearn the models.</summary>
internal sealed class ChannelListener(
    AnswerCache answers, ModelHolder models, ILogger<ChannelListener> logger, IRecommenderChannel? channel = null) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        channel?.ListenAsync(
            users => answers.DropAsync(users, stoppingToken),
            () => LearnAsync(stoppingToken),
            stoppingToken) ?? Task.CompletedTask;

    private async ValueTask LearnAsync(CancellationToken stoppingToken)
    {
        try
        {
            await models.RefreshAsync(stoppingToken);
            await models.LearnAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Learned.Log.RefreshFailed(logger, exception, "models");
        }
    }
}
