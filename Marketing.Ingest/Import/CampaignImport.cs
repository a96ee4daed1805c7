using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Ingest.Import.Text;
using Marketing.Ingest.Progress;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>
/// Imports campaigns from NDJSON or a JSON array, each in the form of <c>PUT /campaigns/{id}</c> plus its <c>campaignId</c>.
/// </summary>
internal sealed class CampaignImport(ICatalog catalog, CampaignReader reader, InteractionLimits limits, ImportFolder folder)
{
    /// <summary>Stores the valid campaigns, replacing those with the same id, and rejects the rest.</summary>
    public async Task<(ImportTotals Totals, string? Rejects, RejectSummary Refused)> RunAsync(string path, TextEncoding? encoding, CancellationToken cancellationToken)
    {
        using var input = InputFile.Open(path, encoding);
        using IRecordReader records = FileKinds.Detect(input.Head.Span, input.Name) == FileKind.Json
            ? new JsonRecordReader(input.Content, limits.MaxInteractionBytes)
            : new NdjsonRecordReader(input.Content, limits.MaxInteractionBytes);
        var campaigns = new List<Campaign>();
        var rejects = new List<Reject>();
        while (records.Read())
        {
            if (TextFault.Find(records.Json, input.Encoding) is { } fault)
            {
                rejects.Add(new Reject(records.Line, fault, null));
            }
            else if (reader.TryRead(records.Json.ToArray(), null, out var campaign, out var errors))
            {
                campaigns.Add(campaign);
            }
            else
            {
                rejects.AddRange(errors.Select(error => new Reject(records.Line, error, null)));
            }
        }

        var added = (await catalog.PutCampaignsAsync(campaigns, cancellationToken)).Count(static isNew => isNew);
        using var file = RejectFile.For(path, folder.Path, resumeAt: 0);
        file.Write(rejects);
        var rejected = rejects.Select(static reject => reject.Line).Distinct().Count();
        var refused = new RejectSummary();
        refused.Add(rejects);
        return (new ImportTotals(added, campaigns.Count - added, rejected), rejected > 0 ? file.Path : null, refused);
    }
}
