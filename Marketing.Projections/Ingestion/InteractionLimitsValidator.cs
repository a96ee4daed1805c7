using Microsoft.Extensions.Options;

namespace Marketing.Projections.Ingestion;

/// <summary>Stops the process at startup with a message that names the invalid limit.</summary>
[OptionsValidator]
internal sealed partial class InteractionLimitsValidator : IValidateOptions<InteractionLimits>;
