package web

import (
	"context"
	"net/http"

	"loaphuong/scheduler"
)

type correctionInput struct {
	ID   scheduler.DirectiveID `path:"id"`
	Body CorrectionForm
}

// CorrectionForm is one thing put right in an edition of a reading.
type CorrectionForm struct {
	Edition    int                  `json:"edition" minimum:"0" doc:"the edition that the person saw"`
	Correction scheduler.Correction `json:"correction" doc:"exactly one field is set"`
}

type confirmationInput struct {
	ID   scheduler.DirectiveID `path:"id"`
	Body Confirm
}

type owedInput struct {
	ID   scheduler.DirectiveID `path:"id"`
	Area scheduler.AreaID      `query:"area" required:"true"`
}

// readings are the operations by which a person puts right and confirms what
// was read of a letter.
func (a *api) readings() {
	add(a, op(http.MethodPost, "/v1/directives/{id}/corrections", "correct", "Put one thing right in an unconfirmed letter"),
		func(ctx context.Context, in *correctionInput) (*reply[scheduler.Directive], error) {
			return answer(a.desk.Correct(ctx, in.ID, in.Body.Edition, in.Body.Correction))
		})
	add(a, op(http.MethodPost, "/v1/directives/{id}/confirmation", "confirm", "Confirm a letter and make its topics owed by areas"),
		func(ctx context.Context, in *confirmationInput) (*reply[[]scheduler.Obligation], error) {
			return list(a.desk.Confirm(ctx, in.ID, in.Body))
		})
	add(a, op(http.MethodDelete, "/v1/directives/{id}/confirmation", "reopen", "Take a confirmation and what it obliges back"),
		func(ctx context.Context, in *directiveInput) (*reply[scheduler.Directive], error) {
			return answer(a.desk.Reopen(ctx, in.ID))
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}/obligations", "list-obligations", "List what a letter obliges"),
		func(ctx context.Context, in *directiveInput) (*reply[[]scheduler.Obligation], error) {
			return list(a.desk.Obligations(ctx, in.ID))
		})
	add(a, op(http.MethodGet, "/v1/directives/{id}/owed", "owed", "What an area would owe of a letter if it were confirmed now"),
		func(ctx context.Context, in *owedInput) (*reply[[]scheduler.Obligation], error) {
			return list(a.desk.Owed(ctx, in.ID, in.Area))
		})
}
