using System.Globalization;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Learned;

/// <summary>Refreshes the catalog and engagement models and relearns the rest now, instead of on schedule.</summary>
internal sealed class LearnJob(ModelHolder models) : IMaintenanceJob
{
    public string Name => "models";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await models.RefreshAsync(cancellationToken);
        await models.LearnAsync(cancellationToken);
        var now = models.Current;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Learnt the weights of {now.ItemItem?.Campaigns.Length ?? 0} campaigns; {now.Campaigns.CatalogCount} are in the catalogue.");
    }
}
