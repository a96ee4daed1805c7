using System.Text;
using Marketing.Domain;
using Marketing.Evaluation.Data;
using Marketing.Projections.Ingestion;

namespace Marketing.Evaluation.LogReplay;

/// <summary>Reads a catalog from NDJSON, one campaign per line, in the form that the API and <c>import --campaigns</c> accept.</summary>
internal static class CampaignFile
{
    /// <exception cref="EvaluationException">A line is not a campaign.</exception>
    public static IReadOnlyList<Campaign> Read(string path)
    {
        var campaigns = new CampaignReader(new InteractionLimits());
        using var lines = DataFolder.Open(path);
        var read = new Dictionary<CampaignId, Campaign>();
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (!campaigns.TryRead(Encoding.UTF8.GetBytes(line), id: null, out var campaign, out var errors))
            {
                throw new EvaluationException($"Line {number} of '{path}' is not a campaign: {errors[0].Message}");
            }

            read[campaign.Id] = campaign;
        }

        return [.. read.Values];
    }
}
