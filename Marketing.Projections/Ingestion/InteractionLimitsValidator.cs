using Microsoft.Extensions.Options;

namespace Marketing.Projections.Ingestion;

/// <summary>Stops the process at start with a sentence that names the wrong limit.</summary>
[OptionsValidator]
internal sealed partial class InteractionLimitsValidator : IValidateOptions<InteractionLimits>;
