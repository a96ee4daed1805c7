using System.Globalization;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Learned;

/// <summary>
/// Recomputes engagement and relearns the models now instead of at their next interval, in every process that recommends. A process
/// that does not recommend only asks the others.
/// </summary>
internal sealed class LearnJob(ModelHolder? models = null, IRecommenderChannel? channel = null) : IMaintenanceJob
{
    public string Name => "models";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (channel is not null)
        {
            await channel.PublishLearnAsync(cancellationToken);
        }

        if (models is null)
        {
            return "Told the processes that serve recommendations to relearn their models.";
        }

        await models.RefreshAsync(cancellationToken);
        await models.LearnAsync(cancellationToken);
        var now = models.Current;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Learned the weights of {now.ItemItem?.Campaigns.Length ?? 0} campaigns; {now.Campaigns.CatalogCount} are in the catalog.");
    }
}
