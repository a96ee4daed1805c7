using System.Globalization;
using Marketing.Domain.Ports;

namespace Marketing.Recommendations.Learned;

/// <summary>Counts engagement decay anew and learns the item-item weights, now and not when their time has come.</summary>
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
